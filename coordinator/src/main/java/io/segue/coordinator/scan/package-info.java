/** Builds the offset mapping of topics from the headers of their records. */
@NullMarked
package io.segue.coordinator.scan;

import org.jspecify.annotations.NullMarked;
