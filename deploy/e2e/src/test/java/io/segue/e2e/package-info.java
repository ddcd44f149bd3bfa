/** Acceptance scenarios on real parts. */
@NullMarked
package io.segue.e2e;

import org.jspecify.annotations.NullMarked;
