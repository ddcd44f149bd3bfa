@NullMarked
package io.segue.coordinator.backup;

import org.jspecify.annotations.NullMarked;
