/** Acceptance tests of the fleet: real coordinators, workers, brokers and object store, as processes that really die. */
@org.jspecify.annotations.NullMarked
package io.segue.e2e.fleet;
