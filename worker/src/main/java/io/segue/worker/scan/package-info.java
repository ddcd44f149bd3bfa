/** Reads a target partition for the headers that tell where its records come from. */
@NullMarked
package io.segue.worker.scan;

import org.jspecify.annotations.NullMarked;
