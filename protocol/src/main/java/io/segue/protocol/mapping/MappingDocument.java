package io.segue.protocol.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The merged mapping of a restore, all partition pairs of it.
 *
 * @param sourceClusterId null where the archive does not know it
 * @param createdAt epoch milliseconds
 */
public record MappingDocument(
        @Nullable String sourceClusterId,
        @Nullable String targetClusterId,
        long createdAt,
        List<OffsetMapping> mappings) {
    public MappingDocument {
        mappings = List.copyOf(mappings);
    }
}
