/** What every kind of task shares: how an attempt is begun, watched and ended, and the port to what the kinds do. */
@NullMarked
package io.segue.worker.task;

import org.jspecify.annotations.NullMarked;
