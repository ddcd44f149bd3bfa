package io.segue.worker.append;

import io.segue.worker.append.ModelBroker.Data;
import io.segue.worker.append.ModelBroker.Entry;
import io.segue.worker.append.ModelBroker.Marker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's leader knows of producers: what the log says of them, but for those that it has forgotten. It forgets
 * one whose newest batch has a <i>record timestamp</i> of a day ago, so that old records take their producer with them,
 * while a marker, which is of now, keeps it.
 */
final class ProducerMemory {
    /** {@code producer.id.expiration.ms}. */
    private static final Duration EXPIRY = Duration.ofHours(24);

    /** Batches of which an exact repeat is known. */
    private static final int REPEATS = 5;

    private final List<Entry> log;
    private final long start;
    /** By producer id, the offset below which the log says nothing to the leader. */
    private final Map<Long, Long> forgotten = new HashMap<>();

    ProducerMemory(List<Entry> log, long start) {
        this.log = log;
        this.start = start;
    }

    /** What a leader says to a batch; {@code base} is −1 where it refuses or has no place for it yet. */
    record Judgement(@Nullable String refusal, long base, boolean unknown) {
        private static final Judgement GOOD = new Judgement(null, -1, false);
        private static final Judgement UNKNOWN = new Judgement(null, -1, true);

        static Judgement refused(String why) {
            return new Judgement(why, -1, false);
        }
    }

    /** Any batch of a producer id that it knows nothing of is good. */
    Judgement judge(WriterId writer, int sequence, int count) {
        Entry newest = newest(writer.producerId());
        if (newest == null) {
            return Judgement.UNKNOWN;
        }
        if (writer.epoch() < newest.writer().epoch()) {
            return Judgement.refused("INVALID_PRODUCER_EPOCH");
        }
        int expected = expected(writer);
        if (sequence == expected) {
            return Judgement.GOOD;
        }
        long repeated = repeated(writer, sequence, count);
        return repeated < 0
                ? Judgement.refused("OUT_OF_ORDER_SEQUENCE_NUMBER: " + sequence + ", expected " + expected)
                : new Judgement(null, repeated, false);
    }

    /** The timer passes that forgets producers. */
    void expire(long wallMillis) {
        for (long producerId : log.stream()
                .mapToLong(entry -> entry.writer().producerId())
                .distinct()
                .toArray()) {
            Entry newest = newest(producerId);
            if (newest != null && wallMillis - newest.timestamp() >= EXPIRY.toMillis()) {
                forgotten.put(producerId, end());
            }
        }
    }

    void forgetAll() {
        log.forEach(entry -> forgotten.put(entry.writer().producerId(), end()));
    }

    /**
     * Another replica leads, whose timer passes at other times.
     *
     * @param behind it has forgotten nothing yet
     */
    void moved(boolean behind) {
        if (behind) {
            forgotten.clear();
        }
        truncated();
    }

    /** What is appended from here on is known. */
    void truncated() {
        forgotten.replaceAll((producerId, below) -> Math.min(below, end()));
    }

    private long end() {
        return start + log.size();
    }

    private int from(long producerId) {
        return (int) (forgotten.getOrDefault(producerId, start) - start);
    }

    private @Nullable Entry newest(long producerId) {
        for (int i = log.size() - 1; i >= from(producerId); i--) {
            if (log.get(i).writer().producerId() == producerId && tells(log.get(i))) {
                return log.get(i);
            }
        }
        return null;
    }

    private static boolean tells(Entry entry) {
        return !(entry instanceof Marker marker) || marker.fences();
    }

    /** A marker of the same epoch leaves the sequence as it is. */
    private int expected(WriterId writer) {
        for (int i = log.size() - 1; i >= from(writer.producerId()); i--) {
            if (log.get(i) instanceof Data data && data.writer().equals(writer)) {
                return data.sequence() + 1;
            }
        }
        return 0;
    }

    /** Base offset of the same batch, if it is one of the last few; otherwise −1. */
    private long repeated(WriterId writer, int sequence, int count) {
        int batches = 0;
        long before = -1;
        for (int i = log.size() - 1; i >= from(writer.producerId()) && batches <= REPEATS; i--) {
            if (log.get(i) instanceof Data data && data.writer().equals(writer)) {
                batches += data.batch() == before ? 0 : 1;
                before = data.batch();
                boolean first = data.batch() == start + i;
                if (first && batches <= REPEATS && data.sequence() == sequence && length(i) == count) {
                    return data.batch();
                }
            }
        }
        return -1;
    }

    private int length(int first) {
        int length = 0;
        while (first + length < log.size()
                && log.get(first + length) instanceof Data data
                && data.batch() == start + first) {
            length++;
        }
        return length;
    }
}
