/** What to know of a target before a restore, with evidence and what to do. */
@NullMarked
package io.segue.coordinator.preflight;

import org.jspecify.annotations.NullMarked;
