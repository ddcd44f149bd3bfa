/** A restore task: segments in, records on the target, fragments out. */
@NullMarked
package io.segue.worker.restore;

import org.jspecify.annotations.NullMarked;
