/** Tries on a scratch topic what deliveries need of a target. */
@NullMarked
package io.segue.worker.probe;

import org.jspecify.annotations.NullMarked;
