/** Target topics: made, frozen while the job writes, thawed as its last step. */
@NullMarked
package io.segue.coordinator.topics;

import org.jspecify.annotations.NullMarked;
