/** The benchmark: a restore beside Kafka's own producer on the same broker in the same run. */
@NullMarked
package io.segue.bench;

import org.jspecify.annotations.NullMarked;
