/** The workers as the leader sees them: presence, slots and leases, and the event bus between them. */
@NullMarked
package io.segue.coordinator.fleet;

import org.jspecify.annotations.NullMarked;
