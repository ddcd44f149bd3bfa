/**
 * The one place that knows Hazelcast: membership and the clustered event bus. Nothing that decides correctness lives there;
 * all of it may be lost at any time.
 */
@NullMarked
package io.segue.protocol.cluster;

import org.jspecify.annotations.NullMarked;
