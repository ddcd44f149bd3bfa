/** The index of a backup, in the peer's format, and what Segue stores beside it. */
@NullMarked
package io.segue.protocol.manifest;

import org.jspecify.annotations.NullMarked;
