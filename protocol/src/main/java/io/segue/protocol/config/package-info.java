/** The YAML configuration: strict, immutable, all problems reported at once. */
@NullMarked
package io.segue.protocol.config;

import org.jspecify.annotations.NullMarked;
