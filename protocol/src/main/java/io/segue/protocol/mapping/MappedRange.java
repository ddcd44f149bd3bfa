package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.Optional;

/**
 * A partition of a mapping at a glance: from which source offsets to which target offsets. The ends are exclusive: 500 to
 * 1000 is 500 offsets.
 *
 * @param records restored or backed up; less than the source offsets where there are gaps
 * @param to empty where only the source side is known, as from a backup alone
 */
public record MappedRange(TopicPartition source, long from, long end, long records, Optional<To> to) {
    /** The target side. */
    public record To(TopicPartition target, long from, long end) {}

    /** Empty if nothing was restored. */
    public static Optional<MappedRange> of(OffsetMapping mapping) {
        return mapping.first()
                .flatMap(first -> mapping.last().map(last -> {
                    To to = new To(mapping.target(), first.target(), last.targetEnd());
                    return new MappedRange(
                            mapping.source(), first.source(), last.sourceEnd(), mapping.records(), Optional.of(to));
                }));
    }
}
