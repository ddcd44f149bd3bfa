package io.segue.protocol.store.s3;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.StoreException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {
    private final S3Failures failures = new S3Failures(new S3Bucket("bucket", "prefix/", "http://localhost:9000"));

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied",
        "403, SignatureDoesNotMatch",
        "403, InvalidAccessKeyId",
        "401, ''",
        "400, ExpiredToken",
        "400, AuthorizationHeaderMalformed",
        "404, NoSuchBucket",
        "301, PermanentRedirect",
        "501, NotImplemented",
        "507, XMinioStorageFull",
        "403, RequestTimeTooSkewed"
    })
    void aPersonHasToAct(int status, String code) {
        StoreException classified = failures.classify(answer(status, code), "read", "key");
        assertInstanceOf(StoreException.Refused.class, classified);
        assertTrue(
                classified.getMessage().contains("bucket ")
                        || classified.getMessage().contains("; "),
                classified.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError",
        "503, SlowDown",
        "503, ''",
        "429, ''",
        "400, RequestTimeout",
        "409, OperationAborted",
        "404, NoSuchUpload",
        "502, ''"
    })
    void anotherTryMayHelp(int status, String code) {
        StoreException classified = failures.classify(answer(status, code), "read", "key");
        assertInstanceOf(StoreException.Unavailable.class, classified);
        assertTrue(classified.getMessage().contains("s3://bucket/prefix/key"), classified.getMessage());
    }

    @Test
    void aMissingObjectIsNotFound() {
        assertInstanceOf(StoreException.NotFound.class, failures.classify(answer(404, "NoSuchKey"), "read", "key"));
        assertInstanceOf(StoreException.NotFound.class, failures.classify(answer(404, ""), "read", "key"));
    }

    @Test
    void saysWhatToCheck() {
        String denied =
                failures.classify(answer(403, "AccessDenied"), "read", "key").getMessage();
        assertTrue(denied.contains("access key") && denied.contains("http://localhost:9000"), denied);
        String absent =
                failures.classify(answer(404, "NoSuchBucket"), "read", "key").getMessage();
        assertTrue(absent.contains("the bucket bucket does not exist at http://localhost:9000"), absent);
        String noKeys = failures.classify(silent("Unable to load credentials from any of the providers"), "read", "key")
                .getMessage();
        assertTrue(noKeys.contains("AWS_ACCESS_KEY_ID"), noKeys);
    }

    @Test
    void noAnswerIsWorthAnotherTryUnlessTheServerIsNotTrusted() {
        SdkException timeout =
                ApiCallTimeoutException.builder().message("took too long").build();
        assertInstanceOf(StoreException.Unavailable.class, failures.classify(timeout, "read", "key"));
        SdkException broken = SdkClientException.create("read", new SocketTimeoutException());
        assertInstanceOf(StoreException.Unavailable.class, failures.classify(broken, "read", "key"));
        SdkException unknown = SdkClientException.create("send", new UnknownHostException("minio"));
        StoreException unresolved = failures.classify(unknown, "read", "key");
        assertInstanceOf(StoreException.Unavailable.class, unresolved);
        assertTrue(unresolved.getMessage().contains("does not resolve"), unresolved.getMessage());
        SSLHandshakeException handshake = new SSLHandshakeException("PKIX");
        handshake.initCause(new CertificateException("self-signed"));
        SdkException distrusted = SdkClientException.create("handshake", handshake);
        assertInstanceOf(StoreException.Refused.class, failures.classify(distrusted, "read", "key"));
    }

    private static SdkException silent(String message) {
        return SdkClientException.create(message);
    }

    private static SdkException answer(int status, String code) {
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .message("said the server")
                .build();
    }
}
