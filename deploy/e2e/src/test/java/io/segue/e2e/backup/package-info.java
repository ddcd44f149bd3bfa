@NullMarked
package io.segue.e2e.backup;

import org.jspecify.annotations.NullMarked;
