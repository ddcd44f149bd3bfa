@NullMarked
package io.segue.sandbox;

import org.jspecify.annotations.NullMarked;
