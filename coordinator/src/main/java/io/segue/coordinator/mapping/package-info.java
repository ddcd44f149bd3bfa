/** Keeps merged offset mappings. */
@NullMarked
package io.segue.coordinator.mapping;

import org.jspecify.annotations.NullMarked;
