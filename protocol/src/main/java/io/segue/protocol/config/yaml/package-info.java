/**
 * Reads a YAML file by a table of keys: every problem is found in one pass and has a position in the file as it was
 * written. Knows nothing of what the keys are for.
 */
@NullMarked
package io.segue.protocol.config.yaml;

import org.jspecify.annotations.NullMarked;
