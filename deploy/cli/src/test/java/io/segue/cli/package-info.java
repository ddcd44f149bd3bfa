@NullMarked
package io.segue.cli;

import org.jspecify.annotations.NullMarked;
