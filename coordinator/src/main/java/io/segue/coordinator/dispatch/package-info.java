/** Grants tasks to workers and follows them to their end. */
@NullMarked
package io.segue.coordinator.dispatch;

import org.jspecify.annotations.NullMarked;
