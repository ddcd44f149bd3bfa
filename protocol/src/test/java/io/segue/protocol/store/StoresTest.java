package io.segue.protocol.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.Secret;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.s3.S3Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {
    @Test
    void pathsAreDirectories() {
        assertEquals(new StorageConfig.FileSystem(Path.of("/data/backups")), Stores.parse("/data/backups"));
        assertEquals(new StorageConfig.FileSystem(Path.of("backups")), Stores.parse("backups"));
        assertEquals(new StorageConfig.FileSystem(Path.of("/a b+c")), Stores.parse("file:///a%20b+c"));
    }

    @Test
    void anS3UrlSaysAll() {
        assertEquals(s3("bucket", ""), Stores.parse("s3://bucket"));
        assertEquals(s3("bucket", ""), Stores.parse("s3://bucket/"));
        assertEquals(s3("bucket", "a/b"), Stores.parse("S3A://bucket/a/b/"));
        StorageConfig.S3 full = assertInstanceOf(
                StorageConfig.S3.class,
                Stores.parse("s3://b/p?region=eu-central-1&endpoint=http%3A%2F%2Flocalhost:9000&path_style=true"));
        assertEquals(Optional.of("eu-central-1"), full.region());
        assertEquals(Optional.of("http://localhost:9000"), full.endpoint());
        assertTrue(full.pathStyle());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gs://bucket",
                "azure://account/container",
                "file://relative",
                "s3:/bucket",
                "s3://",
                "s3:///prefix",
                "s3://bucket?regoin=x",
                "s3://bucket?region=",
                "s3://bucket?region=a&region=b",
                "s3://bucket?path_style=yes",
                "s3://bucket?endpoint=%zz",
                "s3://bucket?endpoint=https://ada:pw@host",
                "file:/a",
                "a\0b"
            })
    void otherWordsAreRefusedWithTheFormsThatAreNot(String location) {
        StoreException failure = assertThrows(StoreException.BadLocation.class, () -> Stores.parse(location));
        assertTrue(failure.getMessage().contains("s3://bucket/prefix"), failure.getMessage());
    }

    @Test
    void credentialsInAUrlAreNotRepeated() {
        StoreException failure =
                assertThrows(StoreException.BadLocation.class, () -> Stores.parse("s3://AKIA:hunter2@bucket/p"));
        assertFalse(failure.getMessage().contains("hunter2"), failure.getMessage());
        assertThrows(StoreException.BadKey.class, () -> Stores.parse("s3://bucket/../other"));
    }

    @Test
    void opensWhatTheLocationNames() {
        Stores stores = new Stores(Map.of("AWS_REGION", "eu-west-1"));
        try (ObjectStore file = stores.open("/data/backups");
                ObjectStore s3 = stores.open("s3://bucket/prefix")) {
            assertInstanceOf(FileStore.class, file);
            assertEquals("file:///data/backups", file.describe());
            assertInstanceOf(S3Store.class, s3);
            assertEquals("s3://bucket/prefix", s3.describe());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9000", "ftp://host", "http://", "http://user:hunter2@host", "http://a b"})
    void anEndpointIsAWebAddress(String endpoint) {
        Stores stores = new Stores(Map.of("AWS_ENDPOINT_URL", endpoint));
        StoreException failure = assertThrows(StoreException.BadLocation.class, () -> stores.open("s3://bucket"));
        assertTrue(failure.getMessage().contains("endpoint"), failure.getMessage());
        assertFalse(failure.getMessage().contains("hunter2"), failure.getMessage());
    }

    @Test
    void oneKeyAloneIsNone() {
        StorageConfig half = new StorageConfig.S3(
                "bucket",
                Optional.of("eu-west-1"),
                Optional.empty(),
                Optional.of(new Secret("AKIA")),
                Optional.empty(),
                "",
                false);
        Stores stores = new Stores(Map.of());
        StoreException failure = assertThrows(StoreException.BadLocation.class, () -> stores.open(half));
        assertTrue(failure.getMessage().contains("secret_key"), failure.getMessage());
    }

    private static StorageConfig s3(String bucket, String prefix) {
        return new StorageConfig.S3(
                bucket, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), prefix, false);
    }
}
