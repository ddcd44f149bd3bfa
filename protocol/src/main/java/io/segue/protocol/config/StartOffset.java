package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import java.util.Map;

/** {@code backup.start_offset}: type-checked, so that a file does not change its meaning when it is built. */
record StartOffset(Map<String, Map<Integer, Long>> offsets) {
    static final StartOffset EARLIEST = new StartOffset(Map.of());

    static ValueType<StartOffset> type() {
        ValueType<Map<String, Map<Integer, Long>>> specific = Types.mapOf(
                Types.text(), Types.mapOf(Types.smallInteger(0, Integer.MAX_VALUE), Types.integer(0, Long.MAX_VALUE)));
        ValueType<StartOffset> word = Types.words("earliest", "latest").map(same -> EARLIEST);
        return Types.wordOrTagged(word, "specific", specific.map(StartOffset::new));
    }
}
