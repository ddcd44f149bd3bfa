@NullMarked
package io.segue.worker.append.wire;

import org.jspecify.annotations.NullMarked;
