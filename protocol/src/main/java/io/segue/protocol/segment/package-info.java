/** The segment codec: one stored object of a backed-up partition. */
@NullMarked
package io.segue.protocol.segment;

import org.jspecify.annotations.NullMarked;
