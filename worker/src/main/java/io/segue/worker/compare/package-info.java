/** Compares what a restore wrote to a target partition with its archive, record by record. */
@NullMarked
package io.segue.worker.compare;

import org.jspecify.annotations.NullMarked;
