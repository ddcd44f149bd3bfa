/** The commands that restore, and their common course. */
@NullMarked
package io.segue.cli.restore;

import org.jspecify.annotations.NullMarked;
