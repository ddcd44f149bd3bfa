/** What a restore will do, decided before anything is changed. Pure. */
@NullMarked
package io.segue.coordinator.plan;

import org.jspecify.annotations.NullMarked;
