/** How a worker is, for people, orchestrators and Prometheus. */
@NullMarked
package io.segue.worker.http;

import org.jspecify.annotations.NullMarked;
