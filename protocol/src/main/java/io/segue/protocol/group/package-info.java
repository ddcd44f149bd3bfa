/** Snapshots of committed offsets: what a reset or a rollback goes back to. */
@NullMarked
package io.segue.protocol.group;

import org.jspecify.annotations.NullMarked;
