package io.segue.cli.groups;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.groups.ShowOffsetMappingCommand.Shown;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.MappingDrawing;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Shown mappings for programs. */
final class ShownMappingJson {
    private ShownMappingJson() {}

    /** One object for each pair of partitions. */
    static ArrayNode of(List<Shown> shown) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Shown one : shown) {
            ObjectNode row = rows.addObject();
            side(
                    row,
                    "source",
                    one.range().source(),
                    one.range().from(),
                    one.range().end());
            row.put("records", one.range().records());
            one.range().to().ifPresent(to -> side(row, "target", to.target(), to.from(), to.end()));
            one.drawing().ifPresent(drawing -> draw(row, drawing));
        }
        return rows;
    }

    private static void side(ObjectNode row, String side, TopicPartition partition, long from, long end) {
        row.put(side + "_topic", partition.topic());
        row.put(side + "_partition", partition.partition());
        row.put(side + "_from", from);
        row.put(side + "_end", end);
    }

    /** The cells divide the ranges evenly. */
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

    /** The same as YAML. */
    static String yaml(List<Shown> shown) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options)
                .dump(new ObjectMapper().convertValue(of(shown), List.class))
                .stripTrailing();
    }
}
