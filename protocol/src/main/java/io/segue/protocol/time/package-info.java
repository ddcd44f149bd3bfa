/** Time as a parameter. */
@NullMarked
package io.segue.protocol.time;

import org.jspecify.annotations.NullMarked;
