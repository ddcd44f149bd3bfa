package io.segue.e2e.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of all that a restore has to keep of a record: key, value, headers in their order, timestamp and its type. So
 * that hundreds of thousands of records can be compared byte for byte without being held.
 */
public record Fingerprint(long a, long b, long c, long d) {
    private static final int NULL = -1;

    public static Fingerprint of(ConsumerRecord<byte[], byte[]> kafka) {
        MessageDigest digest = sha256();
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
        number.putLong(kafka.timestamp()).putInt(kafka.timestampType().id);
        digest.update(number.array());
        add(digest, kafka.key());
        add(digest, kafka.value());
        for (Header header : kafka.headers()) {
            add(digest, header.key().getBytes(StandardCharsets.UTF_8));
            add(digest, header.value());
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** The length goes first, so that bytes cannot move from one field to the next unseen. */
    private static void add(MessageDigest digest, byte @Nullable [] field) {
        int length = field == null ? NULL : field.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        if (field != null) {
            digest.update(field);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The first digits: enough to tell two records apart in a message. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(a);
    }
}
