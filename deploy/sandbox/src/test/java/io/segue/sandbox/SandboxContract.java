package io.segue.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sandbox.faults.Fault;
import io.segue.sandbox.faults.FaultRule;
import io.segue.sandbox.faults.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What every kind of sandbox does: one broker for the source, three for the target, an S3 end point. */
abstract class SandboxContract {
    private static final int RACERS = 16;
    private static final int RACED_KEYS = 20;

    /** Shared by the tests of a class; started once. */
    abstract Sandbox sandbox();

    private BrokerCluster target() {
        return sandbox().target().orElseThrow();
    }

    /** Before each test, so that each says of itself that it cannot run here. */
    @BeforeEach
    void startOnce() {
        sandbox();
    }

    @AfterEach
    void clearFaults() {
        sandbox().s3().faults().clear();
    }

    @Test
    void clustersAreTwoAndTakeRecords() throws Exception {
        PlainKafka source = new PlainKafka(sandbox().source());
        PlainKafka target = new PlainKafka(target());
        assertNotEquals(source.clusterId(), target.clusterId());
        assertEquals(1, sandbox().source().brokers());
        assertEquals(3, target().brokers());
        source.createTopic("both", 1);
        target.createTopic("both", 3);
        source.produce("both", 0, 5);
        target.produce("both", 5, 10);
        assertEquals(values(0, 5), source.consume("both", 5));
        assertEquals(values(5, 10), target.consume("both", 5));
    }

    @Test
    void recordsOutliveAKilledBroker() throws Exception {
        PlainKafka kafka = new PlainKafka(target());
        kafka.createTopic("killed", 3);
        kafka.produce("killed", 0, 5);
        String bootstrap = target().bootstrapServers();
        target().kill(1);
        assertThrows(IllegalStateException.class, () -> target().kill(1));
        kafka.produce("killed", 5, 10);
        target().start(1);
        assertEquals(bootstrap, target().bootstrapServers());
        assertEquals(values(0, 10), kafka.consume("killed", 10));
    }

    @Test
    void aStoppedBrokerComesBackWithItsRecords() throws Exception {
        PlainKafka kafka = new PlainKafka(sandbox().source());
        kafka.createTopic("stopped", 1);
        kafka.produce("stopped", 0, 5);
        sandbox().source().stop(0);
        sandbox().source().start(0);
        assertThrows(IllegalStateException.class, () -> sandbox().source().start(0));
        assertEquals(values(0, 5), kafka.consume("stopped", 5));
    }

    @Test
    void aSuspendedBrokerAnswersNothingUntilItGoesOn() throws Exception {
        PlainKafka kafka = new PlainKafka(sandbox().source());
        sandbox().source().suspend(0);
        try {
            assertFalse(kafka.answers(2_000));
        } finally {
            sandbox().source().resume(0);
        }
        assertTrue(kafka.answers(30_000));
    }

    @Test
    void brokersThatAreNotThereAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> target().kill(3));
        assertThrows(IllegalArgumentException.class, () -> target().start(-1));
        assertThrows(IllegalStateException.class, () -> target().resume(0));
    }

    @Test
    void objectsAreStoredListedAndReadInParts() {
        try (S3Client s3 = SandboxS3.client(sandbox().s3())) {
            byte[] body = "0123456789".getBytes(StandardCharsets.US_ASCII);
            String key = "stored/a b+c/ü";
            s3.putObject(put -> put.bucket(bucket()).key(key), RequestBody.fromBytes(body));
            var part = s3.getObjectAsBytes(get -> get.bucket(bucket()).key(key).range("bytes=3-5"));
            assertEquals("345", part.asString(StandardCharsets.US_ASCII));
            var listed = s3.listObjectsV2(list -> list.bucket(bucket()).prefix("stored/"));
            assertEquals(key, listed.contents().get(0).key());
        }
    }

    @Test
    void aLargeObjectComesBackAsItWas() {
        byte[] body = new byte[24 << 20];
        new java.util.Random(7).nextBytes(body);
        try (S3Client s3 = SandboxS3.client(sandbox().s3())) {
            s3.putObject(put -> put.bucket(bucket()).key("large"), RequestBody.fromBytes(body));
            byte[] read = s3.getObjectAsBytes(get -> get.bucket(bucket()).key("large"))
                    .asByteArray();
            assertTrue(Arrays.equals(body, read));
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (S3Client s3 = SandboxS3.client(sandbox().s3(), "not-the-secret")) {
            S3Exception refused =
                    assertThrows(S3Exception.class, () -> s3.listObjectsV2(list -> list.bucket(bucket())));
            assertEquals(403, refused.statusCode());
        }
    }

    @Test
    void ofRacingConditionalPutsOneWins() throws Exception {
        var threads = Executors.newFixedThreadPool(RACERS);
        CyclicBarrier start = new CyclicBarrier(RACERS);
        try (S3Client s3 = SandboxS3.client(sandbox().s3())) {
            List<Callable<List<String>>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                String me = "racer-" + i;
                racers.add(() -> race(s3, me, start));
            }
            List<String> won = new ArrayList<>();
            for (Future<List<String>> racer : threads.invokeAll(racers, 5, TimeUnit.MINUTES)) {
                won.addAll(racer.get());
            }
            List<String> stored = IntStream.range(0, RACED_KEYS)
                    .mapToObj(key -> key + " "
                            + s3.getObjectAsBytes(get -> get.bucket(bucket()).key("race/" + key))
                                    .asUtf8String())
                    .sorted()
                    .toList();
            assertEquals(stored, won.stream().sorted().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> race(S3Client s3, String me, CyclicBarrier start) throws Exception {
        List<String> won = new ArrayList<>();
        for (int key = 0; key < RACED_KEYS; key++) {
            String name = "race/" + key;
            start.await(1, TimeUnit.MINUTES);
            try {
                s3.putObject(put -> put.bucket(bucket()).key(name).ifNoneMatch("*"), RequestBody.fromString(me));
                won.add(key + " " + me);
            } catch (S3Exception lost) {
                assertEquals(412, lost.statusCode());
            }
        }
        return won;
    }

    @Test
    void faultsAreInjectedOnTheWay() {
        try (S3Client s3 = SandboxS3.client(sandbox().s3())) {
            s3.putObject(put -> put.bucket(bucket()).key("hurt"), RequestBody.fromString("fine"));
            sandbox()
                    .s3()
                    .faults()
                    .inject(FaultRule.always(new Fault.ErrorAnswer(503))
                            .onMethod("GET")
                            .onKey("^hurt$")
                            .when(new Trigger.First(1)));
            S3Exception error = assertThrows(
                    S3Exception.class,
                    () -> s3.getObjectAsBytes(get -> get.bucket(bucket()).key("hurt")));
            assertEquals(503, error.statusCode());
            assertEquals(
                    "fine",
                    s3.getObjectAsBytes(get -> get.bucket(bucket()).key("hurt")).asUtf8String());
        }
    }

    @Test
    void kafkasOwnToolsRunAndPrintNothingElse() throws Exception {
        PlainKafka kafka = new PlainKafka(sandbox().source());
        kafka.createTopic("counted", 1);
        kafka.produce("counted", 0, 5);
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        sandbox().kafkaToolsClassPath(),
                        "org.apache.kafka.tools.GetOffsetShell",
                        "--bootstrap-server",
                        sandbox().source().bootstrapServers(),
                        "--topic",
                        "counted")
                .redirectErrorStream(true)
                .start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, tool.waitFor(), output);
        assertEquals("counted:0:5", output.strip());
    }

    private String bucket() {
        return sandbox().s3().bucket();
    }

    private static List<String> values(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "value-" + i).toList();
    }
}
