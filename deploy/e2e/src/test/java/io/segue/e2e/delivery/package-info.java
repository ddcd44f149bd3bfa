/** What each delivery states, on real brokers. */
@NullMarked
package io.segue.e2e.delivery;

import org.jspecify.annotations.NullMarked;
