/** A fleet of real processes on this machine, driven by {@code deploy/fleet} as a person drives it. */
@NullMarked
package io.segue.e2e.fleet;

import org.jspecify.annotations.NullMarked;
