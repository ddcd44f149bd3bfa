@NullMarked
package io.segue.cli.fleet;

import org.jspecify.annotations.NullMarked;
