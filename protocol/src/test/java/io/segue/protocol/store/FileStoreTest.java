package io.segue.protocol.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends ObjectStoreContract {
    @TempDir
    Path directory;

    @Override
    protected ObjectStore openEmptyStore() {
        return new FileStore(directory.resolve("new/store"));
    }

    private Path root() {
        return directory.resolve("new/store");
    }

    @Test
    void readingDoesNotCreateTheDirectory() {
        assertEquals(List.of(), store.list("", 10));
        assertEquals(Optional.empty(), store.size("a/b"));
        assertFalse(Files.exists(root()));
    }

    @Test
    void leavesNoUnfinishedFiles() throws IOException {
        store.put("a/k", bytes("x"));
        store.putIfAbsent("a/k", bytes("y"));
        store.put("a/d/k", bytes("x"));
        assertThrows(StoreException.BadKey.class, () -> store.put("a/d", bytes("x")));
        assertThrows(StoreException.BadKey.class, () -> store.putIfAbsent("a/d", bytes("x")));
        try (Stream<Path> files = Files.walk(root())) {
            assertEquals(List.of("a/d/k", "a/k"), relativeFiles(files));
        }
    }

    @Test
    void doesNotListWhatAKilledProcessLeft() throws IOException {
        store.put("a/k", bytes("x"));
        Files.writeString(root().resolve("a/.segue-tmp-left"), "half");
        assertEquals(List.of(new ObjectStore.Listed("a/k", 1)), store.list("", 10));
    }

    @Test
    void anObjectAndADirectoryOfOneNameExcludeEachOther() {
        store.put("k", bytes("x"));
        StoreException failure = assertThrows(StoreException.BadKey.class, () -> store.put("k/sub", bytes("x")));
        assertTrue(failure.getMessage().contains("k/sub"), failure.getMessage());
        assertThrows(StoreException.BadKey.class, () -> store.putIfAbsent("k/sub", bytes("x")));
        assertThrows(StoreException.BadKey.class, () -> store.put("n".repeat(256), bytes("x")));
    }

    @Test
    void thereIsNothingBelowAnObject() {
        store.put("a/b", bytes("x"));
        for (String absent : List.of("a/b/c", "a/b/c/d")) {
            assertThrows(StoreException.NotFound.class, () -> store.read(absent, 10), absent);
            assertEquals(Optional.empty(), store.size(absent), absent);
            assertEquals(List.of(), store.list(absent, 10), absent);
            store.delete(absent);
        }
    }

    @Test
    void followsNoLinkBelowTheRoot() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        store.put("k", bytes("x"));
        Files.createSymbolicLink(root().resolve("out"), outside);
        Files.createSymbolicLink(root().resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(root().resolve("dangling"), outside.resolve("absent"));
        for (String key : List.of("out/secret", "file", "dangling")) {
            assertThrows(StoreException.BadKey.class, () -> store.read(key, 10), key);
            assertThrows(StoreException.BadKey.class, () -> store.size(key), key);
            assertThrows(StoreException.BadKey.class, () -> store.put(key, bytes("x")), key);
            assertThrows(StoreException.BadKey.class, () -> store.putIfAbsent(key, bytes("x")), key);
            assertThrows(StoreException.BadKey.class, () -> store.delete(key), key);
        }
        assertThrows(StoreException.BadKey.class, () -> store.list("out", 10));
        assertEquals(List.of(new ObjectStore.Listed("k", 1)), store.list("", 10));
        assertEquals("secret", Files.readString(outside.resolve("secret")));
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        ObjectStore linked = new FileStore(Files.createSymbolicLink(directory.resolve("link"), real));
        linked.put("a/k", bytes("x"));
        assertArrayEquals(bytes("x"), linked.read("a/k", 1));
        assertEquals(List.of(new ObjectStore.Listed("a/k", 1)), linked.list("", 10));
        assertEquals(List.of(new ObjectStore.Listed("a/k", 1)), linked.list("a", 10));
    }

    @Test
    void aFileThatShrinksWhileItIsReadIsNoCompleteOne() throws IOException {
        store.put("k", new byte[200_000]);
        try (InputStream body = store.open("k", 0)) {
            body.readNBytes(1000);
            Files.write(root().resolve("k"), new byte[10]);
            assertThrows(StoreException.Unavailable.class, body::readAllBytes);
        }
    }

    @Test
    void aReaderKeepsTheObjectThatItOpened() throws IOException {
        store.put("k", bytes("before"));
        try (InputStream body = store.open("k", 0)) {
            store.put("k", bytes("after it was replaced"));
            assertArrayEquals(bytes("before"), body.readAllBytes());
        }
    }

    private List<String> relativeFiles(Stream<Path> files) {
        return files.filter(Files::isRegularFile)
                .map(file -> root().relativize(file).toString())
                .sorted()
                .toList();
    }
}
