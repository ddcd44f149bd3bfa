@NullMarked
package io.segue.protocol.segment;

import org.jspecify.annotations.NullMarked;
