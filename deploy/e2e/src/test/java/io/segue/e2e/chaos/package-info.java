/** A smoke of chaos in every build, and the proof that its checker bites. */
@NullMarked
package io.segue.e2e.chaos;

import org.jspecify.annotations.NullMarked;
