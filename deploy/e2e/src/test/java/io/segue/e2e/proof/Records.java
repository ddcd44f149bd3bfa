package io.segue.e2e.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer would hand them out. */
final class Records {
    private Records() {}

    static ConsumerRecord<byte[], byte[]> record(long timestamp, String key, String value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                "orders",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                key.length(),
                value.length(),
                utf8(key),
                utf8(value),
                headers,
                Optional.empty());
    }

    /** One record for each value, at the offsets 0, 1, 2, … */
    static List<Seen> seen(String... values) {
        return seenFrom(0, 1, values);
    }

    static List<Seen> seenFrom(long first, long step, String... values) {
        long[] offset = {first - step};
        return Arrays.stream(values)
                .map(value -> {
                    offset[0] += step;
                    return new Seen(offset[0], value.length(), fingerprint(value));
                })
                .toList();
    }

    static Fingerprint fingerprint(String value) {
        return Fingerprint.of(record(1, "key", value, new RecordHeaders()));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
