/** Source offset to target offset: runs, fragments and translation. */
@NullMarked
package io.segue.protocol.mapping;

import org.jspecify.annotations.NullMarked;
