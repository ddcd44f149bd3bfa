package io.segue.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.cli.ExitCode;
import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.config.LocalFiles;
import io.segue.protocol.config.StorageConfig;
import io.segue.protocol.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line becomes is loaded by a coordinator as what the command line meant. */
final class RequestTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket",
                "s3://bucket/a/prefix?region=eu-1&endpoint=http://127.0.0.1:9000&path_style=true",
                "s3://bucket?endpoint=https://s3.example",
                "/backups/a \"quoted\" dir: #1",
            })
    void aValidationKeepsTheStore(String location) {
        StorageConfig storage = Stores.parse(location);
        JobConfig config = load(RequestText.validation("nightly/b\u00fc 1", storage), Map.of());
        assertEquals(JobConfig.Mode.VALIDATE, config.mode());
        assertEquals("nightly/b\u00fc 1", config.backupId());
        if (storage instanceof StorageConfig.S3 s3 && s3.endpoint().isPresent()) {
            StorageConfig.S3 asStyled = new StorageConfig.S3(
                    s3.bucket(), s3.region(), s3.endpoint(), Optional.empty(), Optional.empty(), s3.prefix(), true);
            assertEquals(asStyled, config.storage());
        } else {
            assertEquals(storage, config.storage());
        }
    }

    @Test
    void aDirectoryIsSentWithItsWholePath() {
        JobConfig config = load(RequestText.validation("b1", Stores.parse("backups")), Map.of());
        assertEquals(new StorageConfig.FileSystem(Path.of("backups").toAbsolutePath()), config.storage());
    }

    @Test
    void aScanLeavesSecretsToTheFleet() {
        String text = RequestText.scan(
                List.of("k1:9092", "k2:9092"),
                Map.of(
                        "security_protocol", "SASL_PLAINTEXT",
                        "sasl_mechanism", "PLAIN",
                        "sasl_username", "${KAFKA_USERNAME}",
                        "sasl_password", "${KAFKA_PASSWORD}"));
        JobConfig config = load(text, Map.of("KAFKA_USERNAME", "ada", "KAFKA_PASSWORD", "s3cret"));
        assertEquals(JobConfig.Mode.SCAN, config.mode());
        assertEquals(
                List.of("k1:9092", "k2:9092"),
                config.target().orElseThrow().connection().bootstrapServers());
        assertTrue(String.valueOf(config.target()
                        .orElseThrow()
                        .connection()
                        .clientProperties()
                        .get("sasl.jaas.config"))
                .contains("s3cret"));
        assertEquals(-1, text.indexOf("s3cret"));
        assertThrows(IllegalStateException.class, config::storage);
    }

    @Test
    void whatAFleetWouldTakeForAVariableIsRefused() {
        FleetFailure refused =
                assertThrows(FleetFailure.class, () -> RequestText.validation("b-${HOME}", Stores.parse("/backups")));
        assertEquals(ExitCode.USAGE, refused.exitCode());
    }

    private static JobConfig load(String text, Map<String, String> environment) {
        ConfigResult result = ConfigLoader.ofSubmissions(environment, LocalFiles.ofThisMachine())
                .load("config", text);
        if (result instanceof ConfigResult.Loaded loaded) {
            return loaded.config();
        }
        throw new AssertionError(((ConfigResult.Refused) result).errors() + "\n" + text);
    }
}
