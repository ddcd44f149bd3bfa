/** Commands that read a backup in its store and change nothing. */
@NullMarked
package io.segue.cli.archive;

import org.jspecify.annotations.NullMarked;
