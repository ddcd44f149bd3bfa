/** The mission page, from top to bottom. */
@NullMarked
package io.segue.e2e.page;

import org.jspecify.annotations.NullMarked;
