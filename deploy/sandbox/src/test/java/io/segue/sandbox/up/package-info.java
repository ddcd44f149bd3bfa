@NullMarked
package io.segue.sandbox.up;

import org.jspecify.annotations.NullMarked;
