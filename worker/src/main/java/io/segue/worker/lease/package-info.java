/** What says whether an attempt may go on: its lease, which heartbeats renew, and the durable log of its task. */
@NullMarked
package io.segue.worker.lease;

import org.jspecify.annotations.NullMarked;
