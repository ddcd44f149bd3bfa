/** How far a command is: a bar on a terminal, lines elsewhere. */
@NullMarked
package io.segue.cli.progress;

import org.jspecify.annotations.NullMarked;
