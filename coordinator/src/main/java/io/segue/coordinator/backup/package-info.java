/** Backups: what to take, in which order, and what is written at the end. */
@NullMarked
package io.segue.coordinator.backup;

import org.jspecify.annotations.NullMarked;
