package io.segue.protocol.store.s3;

import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes objects. Each request carries the MD5 of its body, which every S3 server checks before it stores anything (and
 * which buckets with Object Lock demand).
 */
final class S3Writer {
    /** The largest object that S3 takes. */
    static final long MAX_OBJECT_BYTES = 5L << 40;

    /** The most parts that S3 takes for one object. */
    static final int MAX_PARTS = 10_000;

    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final String ANYTHING = "*";
    private static final Logger log = LoggerFactory.getLogger(S3Writer.class);

    private final S3Client client;
    private final S3Bucket bucket;
    private final S3Failures failures;
    private final S3Limits limits;
    private final Pauses pauses;

    S3Writer(S3Client client, S3Bucket bucket, S3Failures failures, S3Limits limits, Pauses pauses) {
        this.client = client;
        this.bucket = bucket;
        this.failures = failures;
        this.limits = limits;
        this.pauses = pauses;
    }

    void put(String key, byte[] content) {
        try {
            put(key, new Chunk(content), request -> {});
        } catch (SdkException failure) {
            throw failures.classify(failure, "write", key);
        }
    }

    /**
     * A conflict (409) means that another conditional put of the key is under way: tried again, it is either answered
     * with 412 or succeeds because the other failed. The 412 may be caused by this very call, where an earlier try
     * succeeded and its answer was lost; EXISTS is then true all the same, and the caller compares the contents.
     */
    PutResult putIfAbsent(String key, byte[] content) {
        for (int conflicts = 1; ; conflicts++) {
            try {
                put(key, new Chunk(content), request -> request.ifNoneMatch(ANYTHING));
                return PutResult.WRITTEN;
            } catch (S3Exception answer) {
                if (answer.statusCode() == PRECONDITION_FAILED) {
                    return PutResult.EXISTS;
                }
                if (answer.statusCode() != CONFLICT || !pauses.goesOn(conflicts)) {
                    throw failures.classify(answer, "write", key);
                }
                pauses.await(conflicts, bucket.named(key));
            } catch (SdkException failure) {
                throw failures.classify(failure, "write", key);
            }
        }
    }

    void put(String key, Path content) {
        try (InputStream source = Files.newInputStream(content)) {
            long size = Files.size(content);
            if (size > MAX_OBJECT_BYTES) {
                throw new StoreException.TooLarge(content + " has " + size + " bytes; S3 takes " + MAX_OBJECT_BYTES);
            }
            if (size <= limits.partBytes()) {
                put(key, chunk(source, content, size), request -> {});
            } else {
                putInParts(key, source, content, size);
            }
        } catch (IOException failure) {
            throw new StoreException.Refused("cannot read " + content + ", which is to be stored: " + failure, failure);
        } catch (SdkException failure) {
            throw failures.classify(failure, "write", key);
        }
    }

    private void put(String key, Chunk chunk, Consumer<PutObjectRequest.Builder> condition) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.keyOf(key))
                .contentMD5(chunk.md5())
                .overrideConfiguration(this::timesOfATransfer);
        condition.accept(request);
        client.putObject(request.build(), chunk.body());
    }

    private void putInParts(String key, InputStream source, Path content, long size) throws IOException {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(bucket.name()).key(bucket.keyOf(key)))
                .uploadId();
        try {
            List<CompletedPart> parts = sendParts(key, upload, source, content, size);
            client.completeMultipartUpload(request -> request.bucket(bucket.name())
                    .key(bucket.keyOf(key))
                    .uploadId(upload)
                    .multipartUpload(completed -> completed.parts(parts))
                    .overrideConfiguration(this::timesOfATransfer));
        } catch (IOException | RuntimeException failure) {
            abort(key, upload);
            throw failure;
        }
    }

    private List<CompletedPart> sendParts(String key, String upload, InputStream source, Path content, long size)
            throws IOException {
        long partBytes = Math.max(limits.partBytes(), (size + MAX_PARTS - 1) / MAX_PARTS);
        List<CompletedPart> parts = new ArrayList<>();
        for (long sent = 0; sent < size; sent += partBytes) {
            int number = parts.size() + 1;
            Chunk chunk = chunk(source, content, Math.min(partBytes, size - sent));
            String etag = client.uploadPart(
                            request -> request.bucket(bucket.name())
                                    .key(bucket.keyOf(key))
                                    .uploadId(upload)
                                    .partNumber(number)
                                    .contentMD5(chunk.md5())
                                    .overrideConfiguration(this::timesOfATransfer),
                            chunk.body())
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        return parts;
    }

    /** Parts that stay behind cost money and are seen by nobody; the first failure is the one to report. */
    private void abort(String key, String upload) {
        try {
            client.abortMultipartUpload(request ->
                    request.bucket(bucket.name()).key(bucket.keyOf(key)).uploadId(upload));
        } catch (SdkException failure) {
            log.warn(
                    "upload left behind: object={} uploadId={} reason={}",
                    bucket.named(key),
                    upload,
                    failure.toString());
        }
    }

    private void timesOfATransfer(AwsRequestOverrideConfiguration.Builder request) {
        request.apiCallAttemptTimeout(limits.transferAttempt()).apiCallTimeout(limits.transferCall());
    }

    private static Chunk chunk(InputStream source, Path content, long length) throws IOException {
        byte[] bytes = source.readNBytes(Math.toIntExact(length));
        if (bytes.length < length) {
            throw new IOException(content + " became shorter while it was read");
        }
        return new Chunk(bytes);
    }

    /** What one request carries; held in memory so that it can be sent again. */
    private static final class Chunk {
        private final byte[] bytes;

        Chunk(byte[] bytes) {
            this.bytes = bytes;
        }

        RequestBody body() {
            // RequestBody.fromBytes would copy
            return RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(bytes), bytes.length, "application/octet-stream");
        }

        String md5() {
            try {
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has MD5", impossible);
            }
        }
    }
}
