package io.segue.protocol.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.FileStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentLoadTest {
    @TempDir
    private Path directory;

    @Test
    void aBackupThatIsNotThereIsNamedWithItsStore() {
        FileStore store = new FileStore(directory);
        StoreException.NotFound missing =
                assertThrows(StoreException.NotFound.class, () -> ManifestJson.load(store, "b1"));
        String message = String.valueOf(missing.getMessage());
        assertTrue(message.contains("b1/manifest.json") && message.contains(directory.toString()), message);
        assertEquals(Optional.empty(), SourceRecordJson.load(store, "b1"));
        assertEquals(Optional.empty(), GroupSnapshotJson.load(store, "b1"));
        assertEquals(Optional.empty(), BackupReportJson.load(store, "b1"));
    }

    @Test
    void aManifestOfOneGigabyteIsRefusedUnread() throws IOException {
        Files.createDirectory(directory.resolve("b1"));
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("b1/manifest.json").toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        StoreException.TooLarge refused =
                assertThrows(StoreException.TooLarge.class, () -> ManifestJson.load(new FileStore(directory), "b1"));
        assertTrue(String.valueOf(refused.getMessage()).contains("1073741824 bytes"), refused.getMessage());
    }

    @Test
    void aStoredManifestIsReadAsAStream() {
        FileStore store = new FileStore(directory);
        store.put(
                "b1/manifest.json",
                "{\"backup_id\":\"b1\",\"created_at\":5,\"topics\":[]}".getBytes(StandardCharsets.UTF_8));
        assertEquals(5, ManifestJson.load(store, "b1").createdAt());
    }
}
