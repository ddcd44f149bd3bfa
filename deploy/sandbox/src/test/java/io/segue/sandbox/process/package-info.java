@NullMarked
package io.segue.sandbox.process;

import org.jspecify.annotations.NullMarked;
