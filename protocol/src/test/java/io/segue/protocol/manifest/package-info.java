@NullMarked
package io.segue.protocol.manifest;

import org.jspecify.annotations.NullMarked;
