package io.segue.worker.append.wire;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.worker.append.RecordChecksum;
import io.segue.worker.append.TargetPartition.ControlMarker;
import io.segue.worker.append.TargetPartition.TailRecord;
import io.segue.worker.append.WriterId;
import io.segue.worker.append.wire.Retrying.Again;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/** Reads the partition's log as it is, control batches included, up to the high watermark. */
final class PartitionLog {
    /** The last version that names topics; its answers are complete on brokers old and new. */
    private static final short FETCH_VERSION = 12;

    private static final int FETCH_BYTES = 4 << 20;
    private static final int FETCH_WAIT_MS = 200;
    private static final long FIRST_STEP_BACK = 64;

    private final BrokerLink link;
    private final Routes routes;
    private final TopicPartition partition;
    private final org.apache.kafka.common.TopicPartition kafkaPartition;
    private final Uuid topicId;

    PartitionLog(BrokerLink link, Routes routes, TopicPartition partition, Uuid topicId) {
        this.link = link;
        this.routes = routes;
        this.partition = partition;
        this.kafkaPartition = new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition());
        this.topicId = topicId;
    }

    long highWatermark() throws IOException, Again {
        return end(ListOffsetsRequest.LATEST_TIMESTAMP);
    }

    /** First offset. */
    long start() throws IOException, Again {
        return end(ListOffsetsRequest.EARLIEST_TIMESTAMP);
    }

    private long end(long which) throws IOException, Again {
        var asked = new ListOffsetsRequestData.ListOffsetsPartition()
                .setPartitionIndex(partition.partition())
                .setTimestamp(which);
        var topic = new ListOffsetsRequestData.ListOffsetsTopic()
                .setName(partition.topic())
                .setPartitions(List.of(asked));
        ListOffsetsResponse response = leaderCall(() -> link.call(
                routes.leader(),
                ListOffsetsRequest.Builder.forConsumer(true, IsolationLevel.READ_UNCOMMITTED)
                        .setTargetTimes(List.of(topic)),
                ListOffsetsResponse.class));
        var answer = response.data().topics().get(0).partitions().get(0);
        checkLeader(Errors.forCode(answer.errorCode()), "log end of " + partition);
        return answer.offset();
    }

    /** The writer's control marker at or after {@code from}. */
    Optional<Long> marker(WriterId writer, long from) throws IOException, Again {
        long position = from;
        while (true) {
            long next = position;
            for (RecordBatch batch : fetch(position).batches()) {
                if (batch.isControlBatch() && writerOf(batch).equals(writer)) {
                    return Optional.of(batch.baseOffset());
                }
                next = batch.nextOffset();
            }
            if (next == position) {
                return Optional.empty();
            }
            position = next;
        }
    }

    Optional<WriterId> markerAt(long offset) throws IOException, Again {
        if (offset < 0 || offset >= highWatermark()) {
            return Optional.empty();
        }
        for (RecordBatch batch : fetch(offset).batches()) {
            if (batch.baseOffset() <= offset && offset <= batch.lastOffset()) {
                return batch.isControlBatch() ? Optional.of(writerOf(batch)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    List<ControlMarker> markers(long from, long below) throws IOException, Again {
        List<ControlMarker> markers = new ArrayList<>();
        long position = from;
        while (position < below) {
            long next = position;
            for (RecordBatch batch : fetch(position).batches()) {
                next = batch.nextOffset();
                if (batch.isControlBatch() && batch.baseOffset() >= from && batch.baseOffset() < below) {
                    markers.add(new ControlMarker(batch.baseOffset(), writerOf(batch)));
                }
            }
            if (next == position) {
                throw new Again("nothing to read at offset " + position + " of " + partition);
            }
            position = next;
        }
        return markers;
    }

    /** Steps back from {@code below}, further each time, until a step holds a data record. */
    Optional<TailRecord> lastRecord(long from, long below) throws IOException, Again {
        long step = FIRST_STEP_BACK;
        long low = below;
        while (low > from) {
            long high = low;
            low = Math.max(from, low - step);
            step *= 8;
            Optional<TailRecord> found = lastRecordIn(low, high);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<TailRecord> lastRecordIn(long from, long below) throws IOException, Again {
        Optional<TailRecord> last = Optional.empty();
        long position = from;
        while (position < below) {
            long next = position;
            for (RecordBatch batch : fetch(position).batches()) {
                next = batch.nextOffset();
                if (!batch.isControlBatch() && batch.baseOffset() < below) {
                    last = lastRecordOf(batch, from, below).or(lastOr(last));
                }
            }
            if (next == position) {
                throw new Again("nothing to read at offset " + position + " of " + partition);
            }
            position = next;
        }
        return last;
    }

    private static java.util.function.Supplier<Optional<TailRecord>> lastOr(Optional<TailRecord> last) {
        return () -> last;
    }

    private static Optional<TailRecord> lastRecordOf(RecordBatch batch, long from, long below) {
        Optional<TailRecord> last = Optional.empty();
        for (Record record : batch) {
            if (record.offset() >= from && record.offset() < below) {
                RecordChecksum checksum = new RecordChecksum(record.timestamp(), record.key(), record.value());
                for (Header header : record.headers()) {
                    byte[] value = header.value();
                    checksum.header(header.key(), value == null ? null : java.nio.ByteBuffer.wrap(value));
                }
                last = Optional.of(new TailRecord(record.offset(), checksum.value()));
            }
        }
        return last;
    }

    /** What stands at an offset and behind it, as far as one answer goes. */
    org.apache.kafka.common.record.internal.Records fetch(long offset) throws IOException, Again {
        FetchResponse response = leaderCall(() -> link.call(
                routes.leader(),
                FetchRequest.Builder.forConsumer(
                                FETCH_VERSION,
                                FETCH_WAIT_MS,
                                1,
                                Map.of(
                                        kafkaPartition,
                                        new FetchRequest.PartitionData(
                                                topicId, offset, -1, FETCH_BYTES, Optional.empty())))
                        .setMaxBytes(FETCH_BYTES)
                        .isolationLevel(IsolationLevel.READ_UNCOMMITTED),
                FetchResponse.class));
        FetchResponseData.PartitionData data =
                response.data().responses().get(0).partitions().get(0);
        checkLeader(Errors.forCode(data.errorCode()), "reading " + partition + " at offset " + offset);
        return FetchResponse.recordsOrFail(data);
    }

    /** A call to the leader; after a broken one the leader is looked up again. */
    private <T> T leaderCall(Retrying.Try<T> call) throws IOException, Again {
        try {
            return call.once();
        } catch (IOException e) {
            routes.forgetLeader();
            throw e;
        }
    }

    private void checkLeader(Errors error, String what) throws Again {
        if (error != Errors.NONE) {
            routes.forgetLeader();
        }
        Retrying.check(error, what);
    }

    private static WriterId writerOf(RecordBatch batch) {
        return new WriterId(batch.producerId(), batch.producerEpoch());
    }
}
