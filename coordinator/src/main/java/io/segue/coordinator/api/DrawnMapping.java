package io.segue.coordinator.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.mapping.MappingBundle;
import io.segue.protocol.mapping.MappingDrawing;
import io.segue.protocol.mapping.MappingRowJson;
import io.segue.protocol.mapping.OffsetMapping;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping for a dashboard: for each pair of partitions both ranges, how densely they are filled, and where groups stand. It
 * costs lookups, as many for a gap as for none, and is as small for a billion records as for ten.
 *
 * @param topics of the target; empty: all
 * @param cells that each range is divided into, at most
 */
record DrawnMapping(MappingBundle bundle, Set<String> topics, int cells) {
    /** Groups that are placed in one partition. */
    static final int MOST_GROUPS = 50;

    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

    /** Writes to a stream that stays open. */
    void write(OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeArrayFieldStart("partitions");
            for (OffsetMapping mapping : bundle.document().mappings()) {
                if (topics.isEmpty() || topics.contains(mapping.target().topic())) {
                    Optional<ObjectNode> row = row(mapping);
                    if (row.isPresent()) {
                        json.writeTree(row.get());
                    }
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("the drawing cannot be written: " + e.getMessage(), e);
        }
    }

    private Optional<ObjectNode> row(OffsetMapping mapping) {
        List<GroupCommits> here = bundle.groups().map(Map::values).stream()
                .flatMap(groups -> groups.stream())
                .filter(group -> group.commits().containsKey(mapping.source()))
                .toList();
        List<GroupCommits> placed = here.subList(0, Math.min(MOST_GROUPS, here.size()));
        return MappingDrawing.of(mapping, placed, cells)
                .map(drawing -> MappingRowJson.of(drawing.range(), Optional.of(drawing))
                        .put("groups_left_out", here.size() - placed.size()));
    }
}
