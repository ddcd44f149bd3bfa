/** Reads the segments of a backup to their last record and compares them with the manifest. */
@NullMarked
package io.segue.worker.check;

import org.jspecify.annotations.NullMarked;
