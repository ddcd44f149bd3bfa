package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StorageSectionTest {
    private static final String REST = Loading.RESTORE.replaceFirst("storage: .*\n", "");

    @Test
    void defaults() {
        assertEquals(new StorageConfig.FileSystem(Path.of("/b")), storage("{backend: filesystem, path: /b}"));
        assertEquals(
                new StorageConfig.S3(
                        "k", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "", false),
                storage("{backend: s3, bucket: k}"));
        assertEquals(Optional.empty(), Loading.plain().config(Loading.RESTORE).state());
    }

    @Test
    void fullMapping() {
        Loading loading = new Loading(Map.of("AK", "id", "SK", "s\"e'c:r#e t"), Map.of());
        JobConfig config = loading.config(REST + """
                storage:
                  backend: s3
                  bucket: 123
                  region: eu-central-1
                  endpoint: http://127.0.0.1:9000
                  access_key: ${AK}
                  secret_key: ${SK}
                  prefix: /a/b/
                  path_style: false
                  allow_http: true
                state:
                  backend: s3
                  bucket: states
                  path_style: true
                """);
        assertEquals(
                new StorageConfig.S3(
                        "123",
                        Optional.of("eu-central-1"),
                        Optional.of("http://127.0.0.1:9000"),
                        Optional.of(new Secret("id")),
                        Optional.of(new Secret("s\"e'c:r#e t")),
                        "a/b",
                        true),
                config.storage());
        assertEquals(
                Optional.of(new StorageConfig.S3(
                        "states", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "", true)),
                config.state());
        assertEquals(-1, config.toString().indexOf("s\"e'c"));
    }

    @Test
    void spellingsOfTheDocumentationAreAcceptedWithAWarning() {
        String text = REST + "storage: {backend: s3, bucket: k, access_key_id: a, secret_access_key: b}\n";
        assertEquals(
                Optional.of(new Secret("b")),
                ((StorageConfig.S3) Loading.plain().config(text).storage()).secretKey());
        assertEquals(2, Loading.plain().warnings(text).size());
    }

    @Test
    void errors() {
        assertErrors("{bucket: k}", ": backend is required and missing; add backend: s3 or filesystem");
        assertErrors("s3", ": expected a section, found \"s3\"; add backend: s3 or filesystem");
        assertErrors("{backend: S3}", ".backend: \"S3\" is not one of s3, filesystem; did you mean s3?");
        assertErrors(
                "{backend: azure, container_name: x}",
                ".backend: \"azure\" is not supported; use s3 or filesystem; copy the backup there");
        assertErrors("{backend: filesystem}", ".path: is required and missing; add path: path");
        assertErrors(
                "{backend: s3, bucket: k, endpoint: \"http://minio:9000\"}",
                ".endpoint: is not encrypted; use https://, or add allow_http: true");
        assertErrors(
                "{backend: s3, bucket: k, access_key: a}",
                ".secret_key: is missing beside the other key; write both, or none to use the credential chain");
        assertErrors("{backend: s3, bucket: k, secret_keys: a}", ".secret_keys: unknown key; did you mean secret_key?");
    }

    private static void assertErrors(String section, String error) {
        List<String> errors = Loading.plain().errors(REST + "storage: " + section + "\n");
        assertEquals(
                List.of("error: storage" + error),
                errors.stream()
                        .map(text -> text.replaceFirst("^job.yaml:\\d+:\\d+: ", ""))
                        .toList());
    }

    private static StorageConfig storage(String section) {
        return Loading.plain().config(REST + "storage: " + section + "\n").storage();
    }
}
