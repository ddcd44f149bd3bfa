package io.segue.protocol.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.protocol.kafka.TopicPartition;
import java.util.Optional;

/** A partition of a mapping for programs: its ranges, and drawn ones as numbers. */
public final class MappingRowJson {
    private MappingRowJson() {}

    /** @param drawing its cells divide the ranges evenly */
    public static ObjectNode of(MappedRange range, Optional<MappingDrawing> drawing) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        side(row, "source", range.source(), range.from(), range.end());
        row.put("records", range.records());
        range.to().ifPresent(to -> side(row, "target", to.target(), to.from(), to.end()));
        drawing.ifPresent(drawn -> draw(row, drawn));
        return row;
    }

    private static void side(ObjectNode row, String side, TopicPartition partition, long from, long end) {
        row.put(side + "_topic", partition.topic());
        row.put(side + "_partition", partition.partition());
        row.put(side + "_from", from);
        row.put(side + "_end", end);
    }

    private static void draw(ObjectNode row, MappingDrawing drawing) {
        ArrayNode source = row.putArray("source_percent");
        drawing.source().forEach(source::add);
        ArrayNode target = row.putArray("target_percent");
        drawing.target().forEach(target::add);
        ArrayNode groups = row.putArray("groups");
        for (MappingDrawing.Position position : drawing.positions()) {
            ObjectNode group = groups.addObject();
            group.put("group", position.group());
            group.put("source_offset", position.committed());
            group.put("target_offset", position.place().position().orElse(null));
            group.put("kind", MappingDrawing.kind(position.place()));
        }
    }
}
