package io.segue.protocol.store.s3;

import io.segue.protocol.store.StoreException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads objects, always by range: the answer then tells the size of the object beside that of what is sent. */
final class S3Reader {
    /** The size of an object, or empty if there is none. */
    @FunctionalInterface
    interface Sizes {
        Optional<Long> of(String key);
    }

    /** A stream of the object from an offset on, and how many bytes it will give. */
    record Opened(InputStream body, long remaining) {}

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client client;
    private final S3Bucket bucket;
    private final S3Failures failures;
    private final Sizes sizes;
    private final Pauses pauses;

    S3Reader(S3Client client, S3Bucket bucket, S3Failures failures, Sizes sizes, Pauses pauses) {
        this.client = client;
        this.bucket = bucket;
        this.failures = failures;
        this.sizes = sizes;
        this.pauses = pauses;
    }

    Opened open(String key, long offset) {
        try {
            ResumingBody body = new ResumingBody(
                    bucket.named(key),
                    get(key, offset, null),
                    offset,
                    (position, etag) -> resume(key, position, etag),
                    pauses);
            return new Opened(body, body.remaining());
        } catch (SdkException failure) {
            if (failure instanceof S3Exception answer && answer.statusCode() == RANGE_NOT_SATISFIABLE) {
                return nothingLeft(key, offset, answer);
            }
            throw failures.classify(failure, "read", key);
        }
    }

    /** S3 has no empty range: an empty object, or one asked for from its very end, is answered with an error. */
    private Opened nothingLeft(String key, long offset, S3Exception answer) {
        Optional<Long> size = sizes.of(key);
        if (size.isPresent() && size.get() == offset) {
            return new Opened(InputStream.nullInputStream(), 0);
        }
        throw new StoreException.NotFound(
                bucket.named(key) + " has " + size.orElse(0L) + " bytes, none at " + offset, answer);
    }

    private ResumingBody.Answer resume(String key, long position, String etag) {
        try {
            return get(key, position, etag);
        } catch (SdkException failure) {
            if (failure instanceof S3Exception answer
                    && (answer.statusCode() == PRECONDITION_FAILED || answer.statusCode() == RANGE_NOT_SATISFIABLE)) {
                throw new StoreException.Unavailable(
                        bucket.named(key) + " was replaced while it was read; read it again", failure);
            }
            throw failures.classify(failure, "read", key);
        }
    }

    private RangeAnswer get(String key, long from, @Nullable String etag) {
        ResponseInputStream<GetObjectResponse> body = client.getObject(GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.keyOf(key))
                .range("bytes=" + from + "-")
                .ifMatch(etag)
                .build());
        OptionalLong size = objectSize(body.response(), from);
        if (size.isEmpty()) {
            body.abort();
            throw new StoreException.Refused(
                    "cannot read " + bucket.named(key) + ": " + bucket.server()
                            + " does not answer requests for a range as S3 does (Content-Range "
                            + body.response().contentRange() + ")",
                    null);
        }
        return new RangeAnswer(body, size.getAsLong());
    }

    private static OptionalLong objectSize(GetObjectResponse response, long from) {
        @Nullable String range = response.contentRange();
        Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range);
        boolean asAsked = matcher.matches() && Long.parseLong(matcher.group(1)) == from && response.eTag() != null;
        return asAsked ? OptionalLong.of(Long.parseLong(matcher.group(3))) : OptionalLong.empty();
    }

    private record RangeAnswer(ResponseInputStream<GetObjectResponse> body, long objectSize)
            implements ResumingBody.Answer {
        @Override
        public String etag() {
            return body.response().eTag();
        }

        @Override
        public void abort() {
            body.abort();
        }
    }
}
