/** A worker's face to the coordinator: takes tasks, reports their end and progress. */
@NullMarked
package io.segue.worker.agent;

import org.jspecify.annotations.NullMarked;
