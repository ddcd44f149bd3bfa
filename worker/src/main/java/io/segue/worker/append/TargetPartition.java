package io.segue.worker.append;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What fenced append needs of a broker, for one target partition: raw requests whose every outcome is told apart. Used by
 * one thread.
 *
 * <p>All methods but {@link #connect} and {@link #append} retry within a time limit what may pass, and throw {@link TargetFailure} otherwise.
 */
public interface TargetPartition extends AutoCloseable {
    /** {@code InitProducerId} with the partition's transactional id: fences older epochs at the coordinator. */
    WriterId nextWriter();

    /**
     * An empty transaction of this writer: one control marker, which fences every older epoch at the leader, also for
     * batches outside transactions.
     *
     * @return the marker's offset; the marker is replicated
     */
    long fence(WriterId writer);

    /** The high watermark: one past the last replicated offset. */
    long end();

    /** The writer whose control marker stands at {@code offset}, if one does. */
    Optional<WriterId> markerAt(long offset);

    /** The control markers with {@code from ≤ offset < below}, in order; may read all that lies there. */
    default List<ControlMarker> markers(long from, long below) {
        List<ControlMarker> markers = new ArrayList<>();
        for (long offset = from; offset < below; offset++) {
            long at = offset;
            markerAt(at).ifPresent(writer -> markers.add(new ControlMarker(at, writer)));
        }
        return markers;
    }

    /** The last data record with {@code from ≤ offset < below}. */
    Optional<TailRecord> lastRecord(long from, long below);

    /**
     * Makes a connection to the partition's leader ready, which may take long, so that {@link #append} only writes.
     *
     * @return false if none could be had; another try may succeed
     */
    boolean connect();

    /** Writes one batch to the connection that {@link #connect} made, and waits for what comes of it; never twice. */
    AppendReply append(WriterId writer, int baseSequence, EncodedBatch batch);

    /** Deletes every record below {@code offset}, so that the log starts there; it ends there or behind. */
    void deleteBefore(long offset);

    /** Drops every connection, and with them what is still to be written to them. */
    void disconnect();

    @Override
    void close();

    /** A control marker, and who wrote it. */
    record ControlMarker(long offset, WriterId writer) {}

    /** A record of the log, known by offset and by {@link RecordChecksum}. */
    record TailRecord(long offset, int checksum) {}
}
