package io.segue.worker.backup;

import io.segue.protocol.backup.PartitionBackups;
import io.segue.protocol.backup.PartitionOutcome;
import io.segue.protocol.backup.PartitionRange;
import io.segue.protocol.kafka.KafkaConnection;
import io.segue.protocol.kafka.KafkaFailure;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.SegmentRecord.RecordHeader;
import io.segue.protocol.segment.UnstorableRecordException;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import io.segue.worker.backup.SourceLog.Read;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Stores one source partition after another.
 *
 * <ol>
 *   <li>Read committed records from the range's first offset on.
 *   <li>Put those below the range's end into segments; store each as it gets full.
 *   <li>The range is done when the <i>position</i> has reached its end: what stands there last may be a marker, aborted
 *       or compacted away, so no record need ever come.
 *   <li>Offsets that the log deleted meanwhile become a gap, never silence.
 * </ol>
 */
public final class PartitionBackup implements PartitionBackups {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** The only reason that the peer's format knows; with another the peer takes the manifest for broken. */
    private static final String OUT_OF_RANGE = "offset_out_of_range";

    private final SourceLog.Opener logs;
    private final ObjectStore store;
    private final BackupSettings settings;
    private final Time time;

    PartitionBackup(SourceLog.Opener logs, ObjectStore store, BackupSettings settings, Time time) {
        this.logs = logs;
        this.store = store;
        this.settings = settings;
        this.time = time;
    }

    /** Backups of a cluster into a store. */
    public static PartitionBackup of(
            Vertx vertx, KafkaConnection source, ObjectStore store, BackupSettings settings, Time time) {
        return new PartitionBackup(KafkaSourceLog.opener(vertx, source, ANSWER), store, settings, time);
    }

    @Override
    public PartitionOutcome backUp(PartitionRange range, Watch watch) {
        if (range.offsets() == 0) {
            return stored(range, List.of(), List.of());
        }
        try (SegmentSeries segments = new SegmentSeries(settings, range.partition(), store);
                SourceLog log = logs.open(range.partition(), range.startOffset())) {
            return new Copy(range, log, segments, watch).run();
        } catch (KafkaFailure | StoreException | UnstorableRecordException | UncheckedIOException e) {
            return new PartitionOutcome.Failed(range.partition() + ": " + e.getMessage());
        }
    }

    private static PartitionOutcome stored(PartitionRange range, List<Manifest.Segment> segments, List<Gap> gaps) {
        return new PartitionOutcome.Stored(
                new Manifest.Partition(range.partition().partition(), segments, gaps));
    }

    /** One partition on its way. */
    private final class Copy {
        private final PartitionRange range;
        private final SourceLog log;
        private final SegmentSeries segments;
        private final Watch watch;
        private final List<Gap> gaps = new ArrayList<>();
        private long position;

        Copy(PartitionRange range, SourceLog log, SegmentSeries segments, Watch watch) {
            this.range = range;
            this.log = log;
            this.segments = segments;
            this.watch = watch;
            this.position = range.startOffset();
        }

        PartitionOutcome run() {
            long movedAt = time.nanos();
            while (position < range.endOffset()) {
                if (watch.stopRequested()) {
                    return new PartitionOutcome.Stopped();
                }
                long before = position;
                step(log.read());
                long now = time.nanos();
                if (position > before) {
                    movedAt = now;
                } else if (now - movedAt > settings.stalledAfter().toNanos()) {
                    return failed("nothing came for " + settings.stalledAfter().toSeconds() + " s at offset " + position
                            + " of " + range.endOffset()
                            + "; check that the partition has a leader and was not truncated, and start again");
                }
            }
            return stored(range, segments.finish(), gaps);
        }

        private void step(Read read) {
            if (read instanceof Read.Records records) {
                store(records.records());
                position = records.position();
            } else if (read instanceof Read.OutOfRange missing) {
                skip(missing);
            }
        }

        private void store(Iterable<ConsumerRecord<byte[], byte[]>> records) {
            long count = 0;
            long bytes = 0;
            for (ConsumerRecord<byte[], byte[]> source : records) {
                if (source.offset() >= range.endOffset()) {
                    break;
                }
                SegmentRecord record = record(source);
                segments.append(record);
                count++;
                bytes += record.payloadBytes();
            }
            watch.advanced(count, bytes);
        }

        private void skip(Read.OutOfRange missing) {
            if (missing.logStart() <= missing.position()) {
                throw new KafkaFailure(
                        "the log does not reach offset " + missing.position()
                                + " any more: it was truncated, or the topic was made anew; start the backup again",
                        false,
                        null);
            }
            long end = Math.min(missing.logStart(), range.endOffset());
            gaps.add(new Gap(missing.position(), end, OUT_OF_RANGE, time.wallMillis()));
            position = missing.logStart();
        }

        private PartitionOutcome failed(String why) {
            return new PartitionOutcome.Failed(range.partition() + ": " + why);
        }
    }

    private SegmentRecord record(ConsumerRecord<byte[], byte[]> source) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : source.headers()) {
            headers.add(new RecordHeader(header.key(), wrap(header.value())));
        }
        settings.headers().addTo(headers, source.offset(), source.timestamp());
        return new SegmentRecord(
                source.offset(), source.timestamp(), wrap(source.key()), wrap(source.value()), headers);
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
