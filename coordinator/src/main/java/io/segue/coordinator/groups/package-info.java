/** Consumer groups on the target: what their reset will be, taking it back, and doing either. */
@NullMarked
package io.segue.coordinator.groups;

import org.jspecify.annotations.NullMarked;
