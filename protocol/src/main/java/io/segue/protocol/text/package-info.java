/** Numbers, sizes and times in words. */
@NullMarked
package io.segue.protocol.text;

import org.jspecify.annotations.NullMarked;
