package io.segue.protocol.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpellingTest {
    private static final List<String> KNOWN = List.of("bucket", "bootstrap_servers", "path", "prefix");

    @Test
    void distanceCountsSwapsOnce() {
        assertEquals(0, Spelling.distance("bucket", "bucket"));
        assertEquals(1, Spelling.distance("bukcet", "bucket"));
        assertEquals(3, Spelling.distance("kitten", "sitting"));
        assertEquals(4, Spelling.distance("", "path"));
    }

    @Test
    void theNearestWordIfItIsNear() {
        assertEquals(Optional.of("bucket"), Spelling.nearest("buckets", KNOWN));
        assertEquals(Optional.of("bootstrap_servers"), Spelling.nearest("bootstrapServers", KNOWN));
        assertEquals(Optional.of("bootstrap_servers"), Spelling.nearest("bootstrap-server", KNOWN));
        assertEquals(Optional.of("path"), Spelling.nearest("pat", KNOWN));
        assertEquals(Optional.empty(), Spelling.nearest("region", KNOWN));
        assertEquals(Optional.empty(), Spelling.nearest("x".repeat(1000), KNOWN));
    }
}
