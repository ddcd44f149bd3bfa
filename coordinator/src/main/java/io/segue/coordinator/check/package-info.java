/** Whether a backup is complete and undamaged. */
@NullMarked
package io.segue.coordinator.check;

import org.jspecify.annotations.NullMarked;
