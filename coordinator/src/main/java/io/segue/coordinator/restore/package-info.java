/** A restore job from its start to its end. */
@NullMarked
package io.segue.coordinator.restore;

import org.jspecify.annotations.NullMarked;
