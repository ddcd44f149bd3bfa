package io.segue.worker.append;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** CRC-32C over what a record says: timestamp, key, value and headers, lengths included; not its offset. */
public final class RecordChecksum {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    public RecordChecksum(long timestamp, @Nullable ByteBuffer key, @Nullable ByteBuffer value) {
        add(timestamp);
        add(key);
        add(value);
    }

    public RecordChecksum header(String name, @Nullable ByteBuffer value) {
        add(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
        add(value);
        return this;
    }

    public int value() {
        return (int) crc.getValue();
    }

    private void add(long value) {
        number.clear();
        number.putLong(value).flip();
        crc.update(number);
    }

    private void add(@Nullable ByteBuffer bytes) {
        add(bytes == null ? -1L : bytes.remaining());
        if (bytes != null) {
            crc.update(bytes.duplicate());
        }
    }
}
