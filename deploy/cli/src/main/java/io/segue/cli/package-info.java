/** The {@code kafka-backup} command: what every subcommand shares. */
@NullMarked
package io.segue.cli;

import org.jspecify.annotations.NullMarked;
