/** {@code deploy/demo}: a restore is killed and resumed, and plain Kafka clients check what it left. */
@NullMarked
package io.segue.e2e.demo;

import org.jspecify.annotations.NullMarked;
