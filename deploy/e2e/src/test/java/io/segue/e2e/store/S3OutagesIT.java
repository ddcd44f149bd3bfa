package io.segue.e2e.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.store.s3.S3Store;
import io.segue.protocol.time.Time;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.faults.Fault;
import io.segue.sandbox.faults.FaultRule;
import io.segue.sandbox.faults.InjectedFault;
import io.segue.sandbox.faults.Trigger;
import io.segue.sandbox.process.SharedSandbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller sees of S3 errors, broken connections and wrong settings. */
@Timeout(120)
class S3OutagesIT {
    private static final int MIB = 1 << 20;

    private final S3Endpoint s3 = SharedSandbox.get().s3();
    private final String prefix = "outages/" + UUID.randomUUID();
    private final byte[] content = new byte[4 * MIB];
    private final ObjectStore store = S3TestStores.open(s3, prefix, S3TestStores.HASTY);

    @BeforeEach
    void writeAnObject() {
        new Random(11).nextBytes(content);
        store.put("k", content);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void aShortStormIsRiddenOut(int status) {
        try (InjectedFault storm = inject(rule(new Fault.ErrorAnswer(status)).when(new Trigger.EveryNth(2)))) {
            for (int i = 0; i < 3; i++) {
                store.put("other" + i, bytes("x"));
                assertEquals(PutResult.WRITTEN, store.putIfAbsent("new" + i, bytes("y")));
                assertEquals(Optional.of(1L), store.size("new" + i));
                assertArrayEquals(content, store.read("k", content.length));
            }
            assertTrue(storm.fired() >= 6, "fired " + storm.fired());
        }
    }

    @Test
    void aStormWithoutEndIsUnavailable() {
        try (InjectedFault storm = inject(rule(new Fault.ErrorAnswer(503)))) {
            StoreException failure = assertThrows(StoreException.Unavailable.class, () -> store.read("k", 10));
            assertTrue(failure.retryable());
            assertTrue(failure.getMessage().contains(prefix + "/k"), failure.getMessage());
            assertThrows(StoreException.Unavailable.class, () -> store.put("k", bytes("x")));
            assertThrows(StoreException.Unavailable.class, () -> store.putIfAbsent("n", bytes("x")));
            assertThrows(StoreException.Unavailable.class, () -> store.size("k"));
            assertTrue(storm.fired() <= 16, "tries end: " + storm.fired());
        }
        assertArrayEquals(content, store.read("k", content.length));
        assertEquals(Optional.empty(), store.size("n"));
    }

    @Test
    void aPutIfAbsentWhoseAnswerIsLostFindsItsOwnObject() {
        try (InjectedFault lost = inject(
                rule(new Fault.Cut(Fault.Side.RESPONSE, 0)).onMethod("PUT").when(new Trigger.First(1)))) {
            assertEquals(PutResult.EXISTS, store.putIfAbsent("mine", bytes("mine")));
            assertEquals(1, lost.fired());
        }
        assertArrayEquals(bytes("mine"), store.read("mine", 10));
    }

    @Test
    void aConnectionCutInTheBodyIsContinued() {
        try (InjectedFault cut = inject(
                rule(new Fault.Cut(Fault.Side.RESPONSE, MIB)).onMethod("GET").when(new Trigger.First(2)))) {
            assertArrayEquals(content, store.read("k", content.length));
            assertEquals(2, cut.fired());
        }
    }

    @Test
    void anAnswerCutShortButWellFormedIsContinued() {
        try (InjectedFault cut =
                inject(rule(new Fault.Truncate(1000)).onMethod("GET").when(new Trigger.First(2)))) {
            assertArrayEquals(content, store.read("k", content.length));
            assertEquals(2, cut.fired());
        }
    }

    @Test
    void aBodyThatNeverArrivesNeverLooksComplete() {
        for (Fault fault : List.of(new Fault.Cut(Fault.Side.RESPONSE, 1000), new Fault.Truncate(1000))) {
            try (InjectedFault always = inject(rule(fault).onMethod("GET"))) {
                StoreException failure =
                        assertThrows(StoreException.Unavailable.class, () -> store.read("k", content.length));
                assertTrue(failure.getMessage().contains("of " + content.length), failure.getMessage());
                assertTrue(always.fired() <= 10, "tries end: " + always.fired());
            }
        }
    }

    @Test
    void aStalledConnectionIsGivenUp() {
        try (InjectedFault stall = inject(
                rule(new Fault.Stall(Fault.Side.RESPONSE, MIB)).onMethod("GET").when(new Trigger.First(1)))) {
            assertArrayEquals(content, store.read("k", content.length));
            assertEquals(1, stall.fired());
        }
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsTriedAgainAndThenGivenUp() {
        Fault slow = new Fault.Delay(Duration.ofSeconds(30));
        try (InjectedFault once = inject(rule(slow).when(new Trigger.First(1)))) {
            assertEquals(Optional.of((long) content.length), store.size("k"));
            assertEquals(1, once.fired());
        }
        try (InjectedFault always = inject(rule(slow))) {
            assertTimeout(
                    Duration.ofSeconds(20),
                    () -> assertThrows(StoreException.Unavailable.class, () -> store.size("k")));
            assertTrue(always.fired() > 1, "tried again");
        }
    }

    @Test
    void aSlowLineIsReadFromTheMiddleToTheEnd() throws IOException {
        try (InjectedFault line = inject(rule(new Fault.Bandwidth(MIB)).onMethod("GET"));
                InjectedFault cut =
                        inject(rule(new Fault.Cut(Fault.Side.RESPONSE, MIB / 2)).when(new Trigger.First(1)));
                InputStream body = store.open("k", 2 * MIB)) {
            assertArrayEquals(Arrays.copyOfRange(content, 2 * MIB, 4 * MIB), body.readAllBytes());
            assertTrue(line.fired() >= 2, "fired " + line.fired());
            assertEquals(1, cut.fired());
        }
    }

    @Test
    void twoVersionsOfAnObjectAreNeverMixed() throws IOException {
        try (InjectedFault cut = inject(rule(new Fault.Cut(Fault.Side.RESPONSE, MIB))
                        .onMethod("GET")
                        .when(new Trigger.First(1)));
                InputStream body = store.open("k", 0)) {
            assertArrayEquals(Arrays.copyOf(content, 100), body.readNBytes(100));
            byte[] other = content.clone();
            other[3 * MIB]++;
            store.put("k", other);
            StoreException failure = assertThrows(StoreException.Unavailable.class, body::readAllBytes);
            assertTrue(failure.getMessage().contains("replaced"), failure.getMessage());
            assertEquals(1, cut.fired());
        }
    }

    @Test
    void anUploadInPartsSurvivesErrors(@TempDir Path directory) throws IOException {
        byte[] large = new byte[12 * MIB];
        new Random(12).nextBytes(large);
        Path file = Files.write(directory.resolve("large"), large);
        try (InjectedFault storm =
                inject(rule(new Fault.ErrorAnswer(503)).onMethod("PUT").when(new Trigger.EveryNth(2)))) {
            store.put("large", file);
            assertTrue(storm.fired() >= 2, "fired " + storm.fired());
        }
        assertArrayEquals(large, store.read("large", large.length));
    }

    @Test
    void anUploadInPartsThatFailsIsTakenBack(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("large"), new byte[12 * MIB]);
        try (InjectedFault storm = inject(rule(new Fault.ErrorAnswer(503)).onMethod("PUT"));
                InjectedFault aborts =
                        inject(rule(new Fault.Delay(Duration.ZERO)).onMethod("DELETE"))) {
            assertThrows(StoreException.Unavailable.class, () -> store.put("large", file));
            assertTrue(storm.fired() > 1, "tried again");
            assertEquals(1, aborts.fired());
        }
        assertEquals(Optional.empty(), store.size("large"));
    }

    @Test
    void wrongCredentialsAreSaidSo() {
        try (ObjectStore wrong = S3Store.open(
                S3TestStores.config(s3, s3.bucket(), prefix, "hunter2"), S3TestStores.HASTY, Time.system())) {
            assertRefused("access key", () -> wrong.read("k", 10));
            assertRefused("access key", () -> wrong.size("k"));
            assertRefused("access key", () -> wrong.put("k", bytes("x")));
            assertRefused("access key", () -> wrong.putIfAbsent("k", bytes("x")));
            assertRefused("access key", () -> wrong.list("", 10));
            assertRefused("access key", () -> wrong.delete("k"));
        }
        assertArrayEquals(content, store.read("k", content.length));
    }

    @Test
    void aMissingBucketIsSaidSo() {
        String absent = "absent-" + UUID.randomUUID();
        try (ObjectStore wrong = S3Store.open(
                S3TestStores.config(s3, absent, "", s3.secretAccessKey()), S3TestStores.HASTY, Time.system())) {
            assertRefused("the bucket " + absent + " does not exist", () -> wrong.read("k", 10));
            assertRefused("the bucket " + absent + " does not exist", () -> wrong.size("k"));
            assertRefused("the bucket " + absent + " does not exist", () -> wrong.put("k", bytes("x")));
            assertRefused("the bucket " + absent + " does not exist", () -> wrong.putIfAbsent("k", bytes("x")));
            assertRefused("the bucket " + absent + " does not exist", () -> wrong.list("", 10));
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        S3Endpoint nowhere = new S3Endpoint(
                URI.create("http://127.0.0.1:" + port),
                s3.region(),
                s3.bucket(),
                s3.accessKeyId(),
                s3.secretAccessKey(),
                s3.faults());
        try (ObjectStore unreachable = S3TestStores.open(nowhere, "", S3TestStores.HASTY)) {
            StoreException failure = assertThrows(StoreException.Unavailable.class, () -> unreachable.size("k"));
            assertTrue(failure.getMessage().contains("http://127.0.0.1:" + port), failure.getMessage());
        }
    }

    private static void assertRefused(String said, Runnable call) {
        StoreException failure = assertThrows(StoreException.Refused.class, call::run);
        assertTrue(failure.getMessage().contains(said), failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(String.valueOf(cause).contains("hunter2"), "the secret is in " + cause.getClass());
        }
    }

    private InjectedFault inject(FaultRule rule) {
        return s3.faults().inject(rule);
    }

    private FaultRule rule(Fault fault) {
        return FaultRule.always(fault).onKey(prefix);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
