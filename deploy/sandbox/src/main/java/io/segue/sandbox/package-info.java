/** Real Kafka clusters and a real S3 server for tests, the demo and benchmarks. */
@NullMarked
package io.segue.sandbox;

import org.jspecify.annotations.NullMarked;
