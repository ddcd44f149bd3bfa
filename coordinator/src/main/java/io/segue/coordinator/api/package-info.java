/** The HTTP API of a coordinator, described in {@code docs/api.md} and {@code docs/openapi.yaml}. */
@NullMarked
package io.segue.coordinator.api;

import org.jspecify.annotations.NullMarked;
