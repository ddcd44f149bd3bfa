/** Compares what restores wrote with their archives: verification jobs. */
@NullMarked
package io.segue.coordinator.verification;

import org.jspecify.annotations.NullMarked;
