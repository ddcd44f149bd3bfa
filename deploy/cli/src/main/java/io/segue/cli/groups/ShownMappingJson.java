package io.segue.cli.groups;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.segue.cli.groups.ShowOffsetMappingCommand.Shown;
import io.segue.protocol.mapping.MappingRowJson;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Shown mappings for programs. */
final class ShownMappingJson {
    private ShownMappingJson() {}

    /** One object for each pair of partitions. */
    static ArrayNode of(List<Shown> shown) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        shown.forEach(one -> rows.add(MappingRowJson.of(one.range(), one.drawing())));
        return rows;
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
