/** A worker of a fleet; {@link io.segue.worker.WorkerMain} is its table of contents. */
@NullMarked
package io.segue.worker;

import org.jspecify.annotations.NullMarked;
