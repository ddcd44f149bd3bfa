/** Acceptance tests of the fleet: real coordinators, workers, brokers and object store, as processes that really die. */
@NullMarked
package io.segue.e2e.fleet;

import org.jspecify.annotations.NullMarked;
