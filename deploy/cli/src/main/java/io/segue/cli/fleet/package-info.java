/** Commands that ask a fleet: {@code jobs …} and {@code fleet}. */
@NullMarked
package io.segue.cli.fleet;

import org.jspecify.annotations.NullMarked;
