/** Groups on real brokers. */
@NullMarked
package io.segue.e2e.groups;

import org.jspecify.annotations.NullMarked;
