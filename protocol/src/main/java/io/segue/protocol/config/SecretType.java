package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Values that are secret: never shown, and refused where they would be stored in plain text. */
final class SecretType {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|secret|token|credential|jaas|\\.key$).*");

    private SecretType() {}

    static ValueType<Secret> secret() {
        return ValueType.of("string", (node, key, document) -> {
            document.secret(node, key);
            return Types.text().read(node, key, document).map(Secret::new);
        });
    }

    /** Settings by name, some of which are secret. */
    static ValueType<Map<String, String>> settings() {
        ValueType<Map<String, String>> map = Types.mapOf(Types.text(), Types.text());
        return ValueType.of(map.describe(), (node, key, document) -> {
            if (node instanceof MappingNode mapping) {
                mapping.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                                && SECRET_NAME.matcher(name.getValue()).matches())
                        .forEach(entry -> document.secret(
                                entry.getValueNode(), key + "." + ((ScalarNode) entry.getKeyNode()).getValue()));
            }
            return map.read(node, key, document);
        });
    }
}
