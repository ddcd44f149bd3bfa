/** What an offset mapping takes: bytes, merges, lookups; beside the peer's representation. */
@NullMarked
package io.segue.bench.mapping;

import org.jspecify.annotations.NullMarked;
