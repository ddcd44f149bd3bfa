@NullMarked
package io.segue.cli.progress;

import org.jspecify.annotations.NullMarked;
