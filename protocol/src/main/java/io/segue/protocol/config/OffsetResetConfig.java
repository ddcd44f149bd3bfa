package io.segue.protocol.config;

import java.util.List;
import java.util.Optional;

/**
 * {@code offset_reset:} of the mission page.
 *
 * @param strategy as written there: {@code header-based}, {@code timestamp}, {@code earliest} …
 */
public record OffsetResetConfig(String strategy, Optional<String> sourceCluster, List<String> groups) {
    public OffsetResetConfig {
        groups = List.copyOf(groups);
    }
}
