/** What both sides say of a Kafka cluster. */
@NullMarked
package io.segue.protocol.kafka;

import org.jspecify.annotations.NullMarked;
