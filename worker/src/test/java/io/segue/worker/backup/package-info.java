@NullMarked
package io.segue.worker.backup;

import org.jspecify.annotations.NullMarked;
