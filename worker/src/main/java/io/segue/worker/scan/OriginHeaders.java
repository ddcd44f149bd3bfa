package io.segue.worker.scan;

import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The headers in which a record carries its source offset. There are two families, the mission page's and the peer's, and
 * a record that was restored more than once may carry both. So:
 *
 * <ol>
 *   <li>of one name the last counts;
 *   <li>a family is there if its offset header can be read; its partition and cluster belong to it;
 *   <li>of two families the one whose offset header stands last counts: restores append;
 *   <li>a family that names the cluster looked for goes before one that names none; another cluster's does not count.
 * </ol>
 *
 * Pure.
 */
final class OriginHeaders {
    private static final Family PAGE =
            new Family("x-kafka-backup-offset", "x-kafka-backup-partition", "x-kafka-backup-cluster", false);
    private static final Family PEER = new Family("x-original-offset", "x-source-partition", "x-source-cluster", true);

    private OriginHeaders() {}

    /** @param binary numbers may be little-endian instead of decimal */
    private record Family(String offset, String partition, String cluster, boolean binary) {
        Optional<Origin> origin(List<RecordHeader> headers) {
            OptionalLong found = number(last(headers, offset), Long.BYTES);
            if (found.isEmpty() || found.getAsLong() < 0) {
                return Optional.empty();
            }
            OptionalLong number = number(last(headers, partition), Integer.BYTES);
            boolean legal = number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= Integer.MAX_VALUE;
            return Optional.of(new Origin(
                    found.getAsLong(),
                    legal ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty(),
                    Optional.ofNullable(last(headers, cluster)).map(OriginHeaders::text)));
        }

        private OptionalLong number(@Nullable ByteBuffer value, int bytes) {
            if (value == null) {
                return OptionalLong.empty();
            }
            // Eight digits are also eight bytes, but as such an offset that no log reaches.
            OptionalLong decimal = decimal(value);
            if (decimal.isPresent() || !binary || value.remaining() != bytes) {
                return decimal;
            }
            ByteBuffer little = value.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            return OptionalLong.of(bytes == Long.BYTES ? little.getLong() : little.getInt());
        }
    }

    /**
     * @param wanted name of the source cluster; null: any
     * @return the origin that names the wanted cluster, else one that names none: whoever asked decides
     */
    static Optional<Origin> of(List<RecordHeader> headers, @Nullable String wanted) {
        boolean pageLast = index(headers, PAGE.offset()) > index(headers, PEER.offset());
        List<Origin> origins = Stream.of(pageLast ? PAGE : PEER, pageLast ? PEER : PAGE)
                .flatMap(family -> family.origin(headers).stream())
                .toList();
        if (wanted == null) {
            return origins.stream().findFirst();
        }
        return origins.stream()
                .filter(origin -> origin.cluster().equals(Optional.of(wanted)))
                .findFirst()
                .or(() -> origins.stream()
                        .filter(origin -> origin.cluster().isEmpty())
                        .findFirst());
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

    private static String text(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    private static OptionalLong decimal(ByteBuffer value) {
        int length = value.remaining();
        if (length == 0 || length > 19) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = value.get(value.position() + i) - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return OptionalLong.empty();
            }
            number = number * 10 + digit;
        }
        return OptionalLong.of(number);
    }
}
