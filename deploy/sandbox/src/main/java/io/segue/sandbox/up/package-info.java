/** The sandbox in the foreground of a terminal: {@code deploy/sandbox/up}. */
@NullMarked
package io.segue.sandbox.up;

import org.jspecify.annotations.NullMarked;
