/** Embedded mode: coordinator and worker in this JVM, the same classes that a fleet runs. */
@NullMarked
package io.segue.cli.engine;

import org.jspecify.annotations.NullMarked;
