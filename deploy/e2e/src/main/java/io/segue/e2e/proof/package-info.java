/** Compares a target cluster with its source by Kafka's own clients; nothing of Segue takes part. */
@NullMarked
package io.segue.e2e.proof;

import org.jspecify.annotations.NullMarked;
