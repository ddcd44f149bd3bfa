@NullMarked
package io.segue.protocol.config;

import org.jspecify.annotations.NullMarked;
