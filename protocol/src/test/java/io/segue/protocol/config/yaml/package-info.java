@NullMarked
package io.segue.protocol.config.yaml;

import org.jspecify.annotations.NullMarked;
