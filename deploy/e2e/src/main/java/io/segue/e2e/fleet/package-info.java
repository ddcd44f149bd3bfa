/** A fleet of real processes on this machine, driven by {@code deploy/fleet} as a person drives it. */
@org.jspecify.annotations.NullMarked
package io.segue.e2e.fleet;
