package io.segue.protocol.store.s3;

import io.segue.protocol.store.StoreException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says once what a failure of the SDK means to a caller of the store. */
final class S3Failures {
    private static final Set<String> RETRYABLE_CODES =
            Set.of("RequestTimeout", "SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded");

    private static final int MAX_CAUSES = 20;

    private final S3Bucket bucket;

    S3Failures(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * @param action what was tried, for example {@code "write"}
     * @param key relative to the store; may be empty
     */
    StoreException classify(SdkException failure, String action, String key) {
        String failed = "cannot " + action + " " + bucket.named(key) + ": ";
        return failure instanceof S3Exception answer ? answered(answer, failed) : unanswered(failure, failed);
    }

    static boolean isMissingObject(S3Exception answer) {
        // the answer to HEAD has no body, so no code; NoSuchBucket is told apart by the caller
        return answer.statusCode() == 404
                && !code(answer).equals("NoSuchBucket")
                && !code(answer).equals("NoSuchUpload");
    }

    static String code(S3Exception answer) {
        @Nullable AwsErrorDetails details = answer.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private StoreException answered(S3Exception answer, String failed) {
        int status = answer.statusCode();
        String said = "S3 answered " + status + " " + code(answer);
        if (isMissingObject(answer)) {
            return new StoreException.NotFound(failed + "there is no such object", answer);
        }
        if (code(answer).equals("NoSuchBucket")) {
            return bucket.missing(answer);
        }
        if (code(answer).equals("NoSuchUpload")) {
            return new StoreException.Unavailable(
                    failed + "the upload is gone, completed or not; send it again", answer);
        }
        if (status >= 300 && status < 400) {
            return new StoreException.Refused(
                    failed + "the bucket is in another region than " + bucket.server() + "; set region", answer);
        }
        if (RETRYABLE_CODES.contains(code(answer))
                || status == 408
                || status == 409
                || status == 412
                || status == 429) {
            return new StoreException.Unavailable(failed + said, answer);
        }
        if (status >= 500 && status != 501 && status != 507) {
            return new StoreException.Unavailable(failed + said, answer);
        }
        return new StoreException.Refused(failed + said + advice(status, code(answer)), answer);
    }

    private String advice(int status, String code) {
        if (code.equals("RequestTimeTooSkewed")) {
            return "; set the clock of this machine";
        }
        if (status == 401 || status == 403) {
            return "; check the access key, the secret key and the permissions on the bucket " + bucket.name() + " at "
                    + bucket.server() + " (without s3:ListBucket a missing object is refused like this too)";
        }
        return switch (status) {
            case 501 -> "; the server does not have an operation that Segue needs";
            case 507 -> "; its storage is full";
            default -> "; check bucket, endpoint and credentials";
        };
    }

    private StoreException unanswered(SdkException failure, String failed) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof AbortedException) {
            return new StoreException.Unavailable(failed + "interrupted", failure);
        }
        if (reason.contains("Unable to load credentials") || reason.contains("credentials provider")) {
            return new StoreException.Refused(
                    failed + "there are no credentials; set access_key and secret_key, or AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or give this machine a role",
                    failure);
        }
        if (reason.contains("Unable to load region")) {
            return new StoreException.Refused(failed + "there is no region; set region or AWS_REGION", failure);
        }
        if (hasCause(failure, UnknownHostException.class)) {
            return new StoreException.Unavailable(
                    failed + "the name of the host does not resolve (" + bucket.server()
                            + "); check endpoint and region",
                    failure);
        }
        if (hasCause(failure, CertificateException.class) || hasCause(failure, SSLPeerUnverifiedException.class)) {
            return new StoreException.Refused(
                    failed + "the certificate of " + bucket.server() + " is not trusted: " + reason, failure);
        }
        return new StoreException.Unavailable(failed + "no answer from " + bucket.server() + ": " + reason, failure);
    }

    private static boolean hasCause(Throwable failure, Class<? extends Exception> kind) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
