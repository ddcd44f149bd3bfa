package io.segue.cli.groups;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a record says that it comes from, in the headers of the mission page (decimal) or the peer's (little-endian, or
 * decimal). Of one name the last counts; of the two families the one that names the wanted cluster, else the later one.
 */
record OriginHeaders(long offset, Optional<Integer> partition, Optional<String> cluster) {
    private static final Family PAGE =
            new Family("x-kafka-backup-offset", "x-kafka-backup-partition", "x-kafka-backup-cluster", false);
    private static final Family PEER = new Family("x-original-offset", "x-source-partition", "x-source-cluster", true);

    /** Empty if there are none, or none of the wanted cluster. */
    static Optional<OriginHeaders> of(List<RecordHeader> headers, @Nullable String wanted) {
        boolean pageLast = index(headers, PAGE.offset()) > index(headers, PEER.offset());
        return Stream.of(pageLast ? PAGE : PEER, pageLast ? PEER : PAGE)
                .flatMap(family -> family.origin(headers).stream())
                .filter(origin -> wanted == null || origin.cluster().equals(Optional.of(wanted)))
                .findFirst();
    }

    private record Family(String offset, String partition, String cluster, boolean binary) {
        Optional<OriginHeaders> origin(List<RecordHeader> headers) {
            OptionalLong found = number(last(headers, offset), Long.BYTES);
            if (found.isEmpty() || found.getAsLong() < 0) {
                return Optional.empty();
            }
            OptionalLong number = number(last(headers, partition), Integer.BYTES);
            boolean legal = number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= Integer.MAX_VALUE;
            return Optional.of(new OriginHeaders(
                    found.getAsLong(),
                    legal ? Optional.of((int) number.getAsLong()) : Optional.empty(),
                    Optional.ofNullable(last(headers, cluster))
                            .map(value -> StandardCharsets.UTF_8
                                    .decode(value.duplicate())
                                    .toString())));
        }

        private OptionalLong number(@Nullable ByteBuffer value, int bytes) {
            if (value == null) {
                return OptionalLong.empty();
            }
            // Eight digits are also eight bytes, but as such an offset that no log reaches.
            String text = StandardCharsets.UTF_8.decode(value.duplicate()).toString();
            if (text.matches("[0-9]{1,18}")) {
                return OptionalLong.of(Long.parseLong(text));
            }
            if (!binary || value.remaining() != bytes) {
                return OptionalLong.empty();
            }
            ByteBuffer little = value.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            return OptionalLong.of(bytes == Long.BYTES ? little.getLong() : little.getInt());
        }
    }

    private static int index(List<RecordHeader> headers, String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).key().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable ByteBuffer last(List<RecordHeader> headers, String name) {
        int index = index(headers, name);
        return index < 0 ? null : headers.get(index).value();
    }
}
