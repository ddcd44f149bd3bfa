package io.segue.protocol.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Random;

/** The ids of jobs: part of storage keys, and what people type. */
public final class JobIds {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int KEY_DIGITS = 12;

    private JobIds() {}

    /**
     * A new id, such as {@code restore-20261122-221530-3f9a}.
     *
     * @param now epoch milliseconds
     */
    public static String at(JobKind kind, long now) {
        return kind.word() + "-" + STAMP.format(Instant.ofEpochMilli(now)) + "-"
                + String.format("%04x", new Random().nextInt(1 << 16));
    }

    /** The id of a job that was submitted under an idempotency key: the same for the same key. */
    public static String forKey(JobKind kind, String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return kind.word() + "-" + HexFormat.of().formatHex(digest).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
