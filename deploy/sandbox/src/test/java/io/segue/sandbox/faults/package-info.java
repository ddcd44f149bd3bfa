@NullMarked
package io.segue.sandbox.faults;

import org.jspecify.annotations.NullMarked;
