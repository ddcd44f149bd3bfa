package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.config.OffsetResetConfig.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OffsetResetSectionTest {
    @Test
    void defaults() {
        assertEquals(Optional.empty(), Loading.plain().config(Loading.RESTORE).offsetReset());
        assertEquals(
                new OffsetResetConfig(
                        Strategy.EARLIEST,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Map.of()),
                reset("{strategy: earliest}"));
    }

    @Test
    void fullMapping() {
        assertEquals(
                new OffsetResetConfig(
                        Strategy.FROM_MAPPING,
                        Optional.of("c1"),
                        List.of("g"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Path.of("m.json")),
                        true,
                        Map.of("a", "b")),
                reset("{strategy: from-mapping, source_cluster: c1, groups: [g], mapping_file: m.json,"
                        + " scan_all_partitions: true, topic_mapping: {a: b}}"));
        assertEquals(Optional.of(7L), reset("{strategy: offset, offset: 7}").offset());
    }

    @Test
    void otherSpellingsAreAcceptedWithAWarning() {
        assertEquals(
                List.of("job.yaml:5:42: warning: offset_reset.source_cluster_id: is accepted as source_cluster;"
                        + " write source_cluster"),
                Loading.plain()
                        .warnings(
                                Loading.RESTORE + "offset_reset: {strategy: header-based,   source_cluster_id: c}\n"));
    }

    @Test
    void errors() {
        assertErrors(
                "{groups: [a]}",
                "offset_reset.strategy: is required and missing; add strategy:"
                        + " header-based | from-mapping | timestamp | earliest | latest | offset");
        assertErrors(
                "{strategy: timestamp}",
                "offset_reset.timestamp: is required by strategy: timestamp and missing; add it");
        assertErrors(
                "{strategy: latest, offset: 3}",
                "offset_reset.offset: contradicts strategy: latest; remove it, or write strategy: offset");
        assertErrors(
                "{strategy: header_based}",
                "offset_reset.strategy: \"header_based\" is not one of header-based, from-mapping, timestamp, earliest,"
                        + " latest, offset; did you mean header-based?");
        assertErrors(
                "{strategy: earliest, topic_mapping: {orders: a}}\nrestore: {topic_mapping: {orders: b}}",
                "offset_reset: topic_mapping maps orders to a, restore.topic_mapping to b;"
                        + " write the same target topic in both");
    }

    private static void assertErrors(String section, String error) {
        List<String> errors = Loading.plain().errors(Loading.RESTORE + "offset_reset: " + section + "\n");
        assertEquals(
                List.of("error: " + error),
                errors.stream()
                        .map(text -> text.replaceFirst("^job.yaml:\\d+:\\d+: ", ""))
                        .toList());
    }

    private static OffsetResetConfig reset(String section) {
        return Loading.plain()
                .config(Loading.RESTORE + "offset_reset: " + section + "\n")
                .offsetReset()
                .orElseThrow();
    }
}
