package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import java.util.Map;

/** Values that are secret: never shown, and refused where they would be stored in plain text. */
final class SecretType {
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
            document.secretsBelow(node, key);
            return map.read(node, key, document);
        });
    }
}
