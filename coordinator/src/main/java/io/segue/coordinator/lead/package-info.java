/** Who leads: claims in the durable store decide, messages only tell when to claim. */
@NullMarked
package io.segue.coordinator.lead;

import org.jspecify.annotations.NullMarked;
