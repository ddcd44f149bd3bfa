/** The program of one broker process. */
@NullMarked
package io.segue.sandbox.broker;

import org.jspecify.annotations.NullMarked;
