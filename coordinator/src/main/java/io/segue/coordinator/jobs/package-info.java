/** What can be asked of a fleet's jobs, whichever coordinator is asked. */
@NullMarked
package io.segue.coordinator.jobs;

import org.jspecify.annotations.NullMarked;
