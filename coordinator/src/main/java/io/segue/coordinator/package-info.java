/** The coordinator as a process: {@link io.segue.coordinator.CoordinatorMain} is the table of contents. */
@NullMarked
package io.segue.coordinator;

import org.jspecify.annotations.NullMarked;
