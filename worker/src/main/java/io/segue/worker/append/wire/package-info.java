/** The requests of fenced append on kafka-clients' network layer; nothing internal of kafka-clients leaves it. */
@NullMarked
package io.segue.worker.append.wire;

import org.jspecify.annotations.NullMarked;
