/** Jobs, tasks and their durable event logs. */
@NullMarked
package io.segue.protocol.job;

import org.jspecify.annotations.NullMarked;
