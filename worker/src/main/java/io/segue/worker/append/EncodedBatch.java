package io.segue.worker.append;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record batch (Kafka message format v2) ready to be sent but for its writer: {@link #stamped} fills in producer id,
 * epoch and sequence, so that a batch can be built before the attach that decides them, and sent again after another.
 *
 * <p>Field positions: Kafka documentation, "Record Batch".
 */
public final class EncodedBatch {
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final short TRANSACTIONAL = 0x10;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;

    private final ByteBuffer buffer;
    private final int count;

    /** Takes the buffer over; the batch lies between its position and limit, backed by an array. */
    public EncodedBatch(ByteBuffer buffer, int count) {
        this.buffer = buffer.slice();
        this.count = count;
    }

    public int count() {
        return count;
    }

    public int sizeInBytes() {
        return buffer.remaining();
    }

    /** The batch as this writer's, from this sequence number on. The same memory every time: send one at a time. */
    public ByteBuffer stamped(WriterId writer, int baseSequence) {
        return stamped(writer, baseSequence, false);
    }

    /** The same as part of a transaction or outside one. */
    public ByteBuffer stamped(WriterId writer, int baseSequence, boolean transactional) {
        short attributes = buffer.getShort(ATTRIBUTES);
        buffer.putShort(ATTRIBUTES, (short) (transactional ? attributes | TRANSACTIONAL : attributes & ~TRANSACTIONAL));
        buffer.putLong(PRODUCER_ID, writer.producerId());
        buffer.putShort(PRODUCER_EPOCH, writer.epoch());
        buffer.putInt(BASE_SEQUENCE, baseSequence);
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate().position(ATTRIBUTES));
        buffer.putInt(CRC, (int) crc.getValue());
        return buffer.duplicate();
    }
}
