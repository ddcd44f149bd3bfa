/** What the tasks of a job share in a worker: its configuration, its storage, its spec and its plan. */
@NullMarked
package io.segue.worker.jobs;

import org.jspecify.annotations.NullMarked;
