/** Reads a source partition and stores its segments. */
@NullMarked
package io.segue.worker.backup;

import org.jspecify.annotations.NullMarked;
