package io.segue.protocol.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.ObjectStore.Listed;
import io.segue.protocol.store.ObjectStore.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} does. Each backend extends this class, so that all of them run the same tests. */
public abstract class ObjectStoreContract {
    private static final int WRITERS = 16;
    private static final int RACED_KEYS = 20;

    protected ObjectStore store;

    /** An empty store; the contract closes it. */
    protected abstract ObjectStore openEmptyStore() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = openEmptyStore();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void readsBackWhatWasPut() {
        byte[] content = randomBytes(100_000, 1);
        store.put("topics/orders/segment-0", content);
        assertArrayEquals(content, store.read("topics/orders/segment-0", 100_000));
        assertEquals(Optional.of(100_000L), store.size("topics/orders/segment-0"));
    }

    @Test
    void putReplaces() {
        store.put("k", bytes("the first, longer content"));
        store.put("k", bytes("second"));
        assertArrayEquals(bytes("second"), store.read("k", 100));
        assertEquals(List.of(new Listed("k", 6)), store.list("", 10));
    }

    @Test
    void keepsAnEmptyObject() throws IOException {
        store.put("empty", new byte[0]);
        assertEquals(Optional.of(0L), store.size("empty"));
        assertEquals(0, store.read("empty", 0).length);
        try (InputStream body = store.open("empty", 0)) {
            assertEquals(-1, body.read());
        }
    }

    @Test
    void tellsWhatIsNotThere() {
        store.put("a/b", bytes("x"));
        for (String absent : List.of("nothing", "a", "a/c")) {
            assertThrows(StoreException.NotFound.class, () -> store.read(absent, 10), absent);
            assertThrows(StoreException.NotFound.class, () -> store.open(absent, 0), absent);
            assertEquals(Optional.empty(), store.size(absent), absent);
            store.delete(absent);
        }
        StoreException failure = assertThrows(StoreException.class, () -> store.read("nothing", 10));
        assertTrue(failure.getMessage().contains("nothing"), failure.getMessage());
        assertFalse(failure.retryable());
    }

    @Test
    void holdsNoMoreThanTheLimit() {
        store.put("k", new byte[1000]);
        assertEquals(1000, store.read("k", 1000).length);
        assertThrows(StoreException.TooLarge.class, () -> store.read("k", 999));
    }

    @Test
    void opensAtAnOffset() throws IOException {
        byte[] content = randomBytes(300_000, 2);
        store.put("k", content);
        for (int offset : new int[] {0, 1, 4096, 299_999, 300_000}) {
            try (InputStream body = store.open("k", offset)) {
                assertArrayEquals(Arrays.copyOfRange(content, offset, content.length), body.readAllBytes());
                assertEquals(-1, body.read());
            }
        }
        assertThrows(StoreException.NotFound.class, () -> store.open("k", 300_001));
        assertThrows(IllegalArgumentException.class, () -> store.open("k", -1));
    }

    @Test
    void anOpenStreamMaySkipAndBeLeftEarly() throws IOException {
        byte[] content = randomBytes(300_000, 3);
        store.put("k", content);
        try (InputStream body = store.open("k", 10)) {
            body.skipNBytes(100_000);
            assertArrayEquals(Arrays.copyOfRange(content, 100_010, 100_110), body.readNBytes(100));
        }
        assertEquals(300_000, store.read("k", 300_000).length);
    }

    @Test
    void putsAFileOfSeveralParts(@TempDir Path directory) throws IOException {
        byte[] content = randomBytes((17 << 20) + 5, 4);
        Path file = Files.write(directory.resolve("spooled"), content);
        store.put("large", file);
        assertEquals(Optional.of((long) content.length), store.size("large"));
        assertArrayEquals(content, store.read("large", content.length));
        assertTrue(Files.exists(file));
    }

    @Test
    void putsASmallFileAndAnEmptyOne(@TempDir Path directory) throws IOException {
        store.put("small", Files.write(directory.resolve("small"), bytes("small")));
        store.put("none", Files.write(directory.resolve("none"), new byte[0]));
        assertArrayEquals(bytes("small"), store.read("small", 10));
        assertEquals(Optional.of(0L), store.size("none"));
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path directory) {
        Path absent = directory.resolve("absent");
        StoreException failure = assertThrows(StoreException.Refused.class, () -> store.put("k", absent));
        assertTrue(failure.getMessage().contains(absent.toString()), failure.getMessage());
        assertEquals(Optional.empty(), store.size("k"));
    }

    @Test
    void putIfAbsentWritesOnce() {
        assertEquals(PutResult.WRITTEN, store.putIfAbsent("jobs/1/journal/0.json", bytes("first")));
        assertEquals(PutResult.EXISTS, store.putIfAbsent("jobs/1/journal/0.json", bytes("second")));
        assertArrayEquals(bytes("first"), store.read("jobs/1/journal/0.json", 10));
        store.delete("jobs/1/journal/0.json");
        assertEquals(PutResult.WRITTEN, store.putIfAbsent("jobs/1/journal/0.json", bytes("third")));
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void exactlyOneWriterOfEachKeyWins() throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Callable<List<Integer>>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            byte[] content = bytes("writer " + writer);
            writers.add(() -> {
                List<Integer> won = new ArrayList<>();
                for (int key = 0; key < RACED_KEYS; key++) {
                    start.await(1, TimeUnit.MINUTES);
                    if (store.putIfAbsent("race/" + key, content) == PutResult.WRITTEN) {
                        won.add(key);
                    }
                }
                return won;
            });
        }
        List<List<Integer>> wonByWriter = inParallel(writers);
        assertEquals(RACED_KEYS, wonByWriter.stream().mapToInt(List::size).sum());
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int key : wonByWriter.get(writer)) {
                assertArrayEquals(bytes("writer " + writer), store.read("race/" + key, 100));
            }
        }
        assertEquals(RACED_KEYS, store.list("race", 100).size());
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aReaderNeverSeesAMixture() throws Exception {
        store.put("k", filled(0));
        List<Callable<Integer>> parties = new ArrayList<>();
        for (int writer = 1; writer <= 2; writer++) {
            byte[] content = filled(writer);
            parties.add(() -> {
                for (int round = 0; round < 20; round++) {
                    store.put("k", content);
                }
                return 0;
            });
        }
        parties.add(() -> {
            for (int round = 0; round < 40; round++) {
                byte[] seen = store.read("k", 200_000);
                assertArrayEquals(filled(seen[0]), seen);
            }
            return 0;
        });
        assertEquals(3, inParallel(parties).size());
    }

    @Test
    void listsBelowABoundary() {
        for (String key : List.of("foo/b", "foo/a/deep/er", "foobar/c", "fo/d", "foo.json", "z")) {
            store.put(key, bytes(key));
        }
        List<Listed> below = List.of(new Listed("foo/a/deep/er", 13), new Listed("foo/b", 5));
        assertEquals(below, store.list("foo", 10));
        assertEquals(below, store.list("foo/", 10));
        assertEquals(List.of(), store.list("foo/b", 10));
        assertEquals(List.of(), store.list("nothing/here", 10));
        assertEquals(
                List.of("fo/d", "foo.json", "foo/a/deep/er", "foo/b", "foobar/c", "z"),
                store.list("", 10).stream().map(Listed::key).toList());
    }

    @Test
    void listsNoMoreThanTheLimit() {
        for (int i = 0; i < 5; i++) {
            store.put("p/" + i, bytes("x"));
        }
        assertEquals(5, store.list("p", 5).size());
        assertThrows(StoreException.TooLarge.class, () -> store.list("p", 4));
        assertEquals(List.of(), store.list("q", 0));
    }

    @Test
    void deletes() {
        store.put("a/b", bytes("x"));
        store.put("a/c", bytes("y"));
        store.delete("a/b");
        assertEquals(Optional.empty(), store.size("a/b"));
        assertEquals(List.of(new Listed("a/c", 1)), store.list("", 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/../b",
                "a/./b",
                "a/..",
                "a\0b",
                "a\nb",
                "\ud800",
                ".segue-tmp-1",
                "a/.segue-tmp-1/b"
            })
    void refusesWhatIsNoKey(String key) {
        assertThrows(StoreException.BadKey.class, () -> store.read(key, 1));
        assertThrows(StoreException.BadKey.class, () -> store.open(key, 0));
        assertThrows(StoreException.BadKey.class, () -> store.size(key));
        assertThrows(StoreException.BadKey.class, () -> store.put(key, bytes("x")));
        assertThrows(StoreException.BadKey.class, () -> store.putIfAbsent(key, bytes("x")));
        assertThrows(StoreException.BadKey.class, () -> store.delete(key));
        assertEquals(List.of(), store.list("", 10));
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        String key = "d/".repeat(512) + "e";
        StoreException failure = assertThrows(StoreException.BadKey.class, () -> store.put(key, bytes("x")));
        assertTrue(failure.getMessage().length() < 400, failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a+b", "a%2Fb", "a%b", "a&b=c?d#e", "a\\b", "...", "~a", "a:b;c,d@e!$'()*[]{}|^`\"<>"})
    void keysAreData(String key) {
        store.put("odd/" + key, bytes(key));
        assertArrayEquals(bytes(key), store.read("odd/" + key, 100));
        assertEquals(List.of(new Listed("odd/" + key, key.length())), store.list("odd", 10));
        assertEquals(PutResult.EXISTS, store.putIfAbsent("odd/" + key, bytes("other")));
        store.delete("odd/" + key);
        assertEquals(Optional.empty(), store.size("odd/" + key));
    }

    @Test
    void aViewBelowAPrefixSeesItsOwnOnly() {
        store.put("segue/jobs/1", bytes("one"));
        store.put("segued", bytes("other"));
        ObjectStore view = new PrefixedStore(store, "segue");
        view.put("jobs/2", bytes("two"));
        assertEquals(List.of(new Listed("jobs/1", 3), new Listed("jobs/2", 3)), view.list("", 10));
        assertArrayEquals(bytes("two"), store.read("segue/jobs/2", 10));
        assertEquals(store.describe() + "/segue", view.describe());
        assertThrows(StoreException.BadKey.class, () -> view.read("../segued", 10));
        view.close();
        assertArrayEquals(bytes("one"), store.read("segue/jobs/1", 10));
    }

    private static <T> List<T> inParallel(List<Callable<T>> parties) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parties.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(parties)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static byte[] randomBytes(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static byte[] filled(int value) {
        byte[] content = new byte[100_000];
        Arrays.fill(content, (byte) value);
        return content;
    }
}
