package io.segue.protocol.store.s3;

import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.ObjectKeys;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket, or the part of it below a prefix, as an object store. Works with AWS and with servers that speak its
 * protocol; {@link #putIfAbsent} needs one that honours {@code If-None-Match: *} atomically, as AWS does.
 *
 * <p>An open stream holds a connection until it is closed.
 */
public final class S3Store implements ObjectStore {
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final S3Client client;
    private final S3Bucket bucket;
    private final S3Failures failures;
    private final S3Reader reader;
    private final S3Writer writer;

    /** True once the bucket has answered: from then on a 404 is about the object. */
    private volatile boolean bucketSeen;

    private S3Store(S3Client client, S3Bucket bucket, S3Limits limits, Pauses pauses) {
        this.client = client;
        this.bucket = bucket;
        this.failures = new S3Failures(bucket);
        this.reader = new S3Reader(client, bucket, failures, this::size, pauses);
        this.writer = new S3Writer(client, bucket, failures, limits, pauses);
    }

    /**
     * Opens the store without asking the server anything; the first use shows whether it can be reached.
     *
     * @param time for the pauses between tries
     * @throws StoreException.BadLocation if bucket, prefix, endpoint or keys are not what they should be
     */
    public static S3Store open(StorageConfig.S3 config, S3Limits limits, Time time) {
        if (config.bucket().isEmpty() || config.bucket().contains("/")) {
            throw new StoreException.BadLocation("\"" + config.bucket() + "\" is not the name of a bucket");
        }
        S3Bucket bucket =
                new S3Bucket(config.bucket(), ObjectKeys.requirePrefix(config.prefix()), S3Clients.server(config));
        return new S3Store(S3Clients.connect(config, limits), bucket, limits, new Pauses(time));
    }

    @Override
    public String describe() {
        return bucket.named();
    }

    @Override
    public byte[] read(String key, long limit) {
        S3Reader.Opened opened = reader.open(ObjectKeys.requireKey(key), 0);
        try (InputStream body = opened.body()) {
            if (opened.remaining() > Math.min(limit, MAX_ARRAY)) {
                throw new StoreException.TooLarge(bucket.named(key) + " is larger than " + limit + " bytes");
            }
            return body.readAllBytes();
        } catch (IOException failure) {
            throw new StoreException.Unavailable("cannot read " + bucket.named(key) + ": " + failure, failure);
        }
    }

    @Override
    public InputStream open(String key, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        return reader.open(ObjectKeys.requireKey(key), offset).body();
    }

    @Override
    public Optional<Long> size(String key) {
        HeadObjectRequest request = HeadObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.keyOf(key))
                .build();
        try {
            return Optional.of(client.headObject(request).contentLength());
        } catch (SdkException failure) {
            if (failure instanceof S3Exception answer && S3Failures.isMissingObject(answer)) {
                requireBucket();
                return Optional.empty();
            }
            throw failures.classify(failure, "look at", key);
        }
    }

    /** The answer to HEAD of an object says 404 for a missing bucket too, and no more. */
    private void requireBucket() {
        if (bucketSeen) {
            return;
        }
        try {
            client.headBucket(HeadBucketRequest.builder().bucket(bucket.name()).build());
            bucketSeen = true;
        } catch (SdkException failure) {
            if (failure instanceof S3Exception answer && answer.statusCode() == 404) {
                throw bucket.missing(answer);
            }
            throw failures.classify(failure, "look at", "");
        }
    }

    @Override
    public void put(String key, byte[] content) {
        writer.put(ObjectKeys.requireKey(key), content);
    }

    @Override
    public void put(String key, Path content) {
        writer.put(ObjectKeys.requireKey(key), content);
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        return writer.putIfAbsent(ObjectKeys.requireKey(key), content);
    }

    @Override
    public List<Listed> list(String prefix, int limit) {
        String below = ObjectKeys.requirePrefix(prefix);
        List<Listed> found = new ArrayList<>();
        @Nullable String next = null;
        do {
            ListObjectsV2Response page = page(below, next);
            page.contents().stream().filter(S3Store::isObject).map(this::listed).forEach(found::add);
            if (found.size() > limit) {
                throw new StoreException.TooLarge(bucket.named(below) + " holds more than " + limit + " objects");
            }
            next = nextPage(page, below);
        } while (next != null);
        found.sort(Comparator.comparing(Listed::key));
        return List.copyOf(found);
    }

    private ListObjectsV2Response page(String below, @Nullable String continuation) {
        try {
            return client.listObjectsV2(ListObjectsV2Request.builder()
                    .bucket(bucket.name())
                    .prefix(bucket.prefix() + below)
                    .continuationToken(continuation)
                    .build());
        } catch (SdkException failure) {
            throw failures.classify(failure, "list", below);
        }
    }

    private @Nullable String nextPage(ListObjectsV2Response page, String below) {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        @Nullable String next = page.nextContinuationToken();
        if (next == null) {
            throw new StoreException.Unavailable(
                    "cannot list " + bucket.named(below) + ": the answer is cut off without saying how to go on", null);
        }
        return next;
    }

    /** Consoles show directories by empty objects whose keys end in a slash. */
    private static boolean isObject(S3Object object) {
        return !object.key().endsWith("/");
    }

    private Listed listed(S3Object object) {
        return new Listed(object.key().substring(bucket.prefix().length()), object.size());
    }

    @Override
    public void delete(String key) {
        String whole = bucket.keyOf(key);
        try {
            client.deleteObject(request -> request.bucket(bucket.name()).key(whole));
        } catch (SdkException failure) {
            StoreException classified = failures.classify(failure, "delete", key);
            if (!(classified instanceof StoreException.NotFound)) {
                throw classified;
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
