package io.segue.sandbox.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultyS3ProxyTest {
    private static final byte[] BODY = new byte[100_000];

    static {
        new Random(11).nextBytes(BODY);
    }

    private final Vertx vertx = Vertx.vertx();
    private final S3Faults faults = new S3Faults();
    private final StubS3 server = new StubS3();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private URI endpoint = URI.create("http://127.0.0.1");

    @BeforeEach
    void start() throws Exception {
        await(vertx.deployVerticle(server));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        await(vertx.deployVerticle(new FaultyS3Proxy(port, "127.0.0.1", server.port(), faults)));
        endpoint = URI.create("http://127.0.0.1:" + port);
        server.objects.put("/bucket/object", Buffer.buffer(BODY));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void passesBothBodiesAndTheHostOnUnchanged() throws Exception {
        assertEquals(200, send(put("copy", BODY)).statusCode());
        assertEquals(endpoint.getAuthority(), server.lastHost);
        assertArrayEquals(BODY, send(get("copy")).body());
        assertEquals(404, send(get("none")).statusCode());
    }

    @Test
    void errorsHitOnlyWhatTheRuleMatchesAndNeverReachTheServer() throws Exception {
        InjectedFault error = faults.inject(FaultRule.always(new Fault.ErrorAnswer(503))
                .onMethod("GET")
                .onKey("^obj")
                .when(new Trigger.EveryNth(2)));
        assertEquals(200, send(get("object")).statusCode());
        HttpResponse<byte[]> hurt = send(get("object"));
        assertEquals(503, hurt.statusCode());
        assertTrue(new String(hurt.body(), java.nio.charset.StandardCharsets.UTF_8).contains("<Code>SlowDown</Code>"));
        assertEquals(404, send(get("other")).statusCode());
        assertEquals(2, server.requests.get());
        assertEquals(1, error.fired());
    }

    @Test
    void anErrorDuringALargeUploadLeavesTheConnectionUsable() throws Exception {
        faults.inject(FaultRule.always(new Fault.ErrorAnswer(500)).when(new Trigger.First(1)));
        assertEquals(500, send(put("large", new byte[8 << 20])).statusCode());
        assertEquals(200, send(put("large", new byte[8 << 20])).statusCode());
    }

    @Test
    void delaysAndLimitsBandwidth() throws Exception {
        faults.inject(FaultRule.always(new Fault.Delay(Duration.ofMillis(300))).onMethod("HEAD"));
        faults.inject(FaultRule.always(new Fault.Bandwidth(200_000)).onMethod("GET"));
        long begin = System.nanoTime();
        HttpRequest head =
                request("object").method("HEAD", BodyPublishers.noBody()).build();
        assertEquals("100000", send(head).headers().firstValue("Content-Length").orElse(""));
        assertTrue(millisSince(begin) >= 300);
        begin = System.nanoTime();
        assertArrayEquals(BODY, send(get("object")).body());
        assertTrue(millisSince(begin) >= 400, "100 kB at 200 kB/s took " + millisSince(begin) + " ms");
    }

    @Test
    void aLostAnswerLeavesTheWorkDone() throws Exception {
        faults.inject(FaultRule.always(new Fault.Cut(Fault.Side.RESPONSE, 0)).onMethod("PUT"));
        assertThrows(IOException.class, () -> send(put("written", BODY)));
        assertEquals(Buffer.buffer(BODY), server.objects.get("/bucket/written"));
    }

    @Test
    void aLostAnswerToAConditionalPutLeavesTheKeyUsable() throws Exception {
        faults.inject(FaultRule.always(new Fault.Cut(Fault.Side.RESPONSE, 0)).when(new Trigger.First(1)));
        assertThrows(IOException.class, () -> send(putIfAbsent("once", "first")));
        assertEquals(412, send(putIfAbsent("once", "second")).statusCode());
        assertEquals(Buffer.buffer("first"), server.objects.get("/bucket/once"));
    }

    @Test
    void aCutInTheMiddleBreaksTheBody() {
        faults.inject(FaultRule.always(new Fault.Cut(Fault.Side.RESPONSE, 50_000)));
        assertThrows(IOException.class, () -> send(get("object")));
    }

    @Test
    void aCutUploadStoresNothing() {
        faults.inject(FaultRule.always(new Fault.Cut(Fault.Side.REQUEST, 50_000)));
        assertThrows(IOException.class, () -> send(put("half", BODY)));
        assertFalse(server.objects.containsKey("/bucket/half"));
    }

    @Test
    void aStalledAnswerIsHeldUntilTheFaultIsGone() {
        InjectedFault stall = faults.inject(FaultRule.always(new Fault.Stall(Fault.Side.RESPONSE, 50_000)));
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(get("object"), BodyHandlers.ofByteArray());
        awaitThat(() -> stall.fired() == 1);
        assertThrows(TimeoutException.class, () -> answer.get(300, TimeUnit.MILLISECONDS));
        stall.close();
        assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aStalledUploadKeepsNobodyFromTheKey() throws Exception {
        InjectedFault stall = faults.inject(
                FaultRule.always(new Fault.Stall(Fault.Side.REQUEST, 2)).when(new Trigger.First(1)));
        var stalled = client.sendAsync(putIfAbsent("fenced", "late"), BodyHandlers.ofByteArray());
        awaitThat(() -> stall.fired() == 1);
        assertEquals(200, send(putIfAbsent("fenced", "early")).statusCode());
        assertEquals(Buffer.buffer("early"), server.objects.get("/bucket/fenced"));
        assertFalse(stalled.isDone());
    }

    @Test
    void aTruncatedAnswerLooksWellFormed() throws Exception {
        faults.inject(FaultRule.always(new Fault.Truncate(70_000)));
        HttpResponse<byte[]> answer = send(get("object"));
        assertEquals("70000", answer.headers().firstValue("Content-Length").orElse(""));
        assertArrayEquals(java.util.Arrays.copyOf(BODY, 70_000), answer.body());
    }

    @Test
    void aCorruptAnswerDiffersInOneByte() throws Exception {
        faults.inject(FaultRule.always(new Fault.Corrupt(77_777)));
        byte[] body = send(get("object")).body();
        assertEquals(BODY[77_777] ^ 1, body[77_777]);
        body[77_777] ^= 1;
        assertArrayEquals(BODY, body);
    }

    @Test
    void conditionalPutsOfOneKeyPassOneByOneAndOfManyAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> racing = IntStream.range(0, 64)
                .mapToObj(i -> client.sendAsync(putIfAbsent("key-" + i % 4, "racer-" + i), BodyHandlers.ofByteArray()))
                .toList();
        long winners = 0;
        for (var racer : racing) {
            winners += racer.get(30, TimeUnit.SECONDS).statusCode() == 200 ? 1 : 0;
        }
        assertEquals(4, winners);
        assertTrue(server.mostAtOnce.get() > 1, "keys do not wait for each other");
    }

    @Test
    void aClientThatGivesUpLeavesTheKeyUsable() throws Exception {
        faults.inject(FaultRule.always(new Fault.Stall(Fault.Side.RESPONSE, 0)).when(new Trigger.First(1)));
        var impatient = client.sendAsync(putIfAbsent("left", "done all the same"), BodyHandlers.ofByteArray());
        awaitThat(() -> server.objects.containsKey("/bucket/left"));
        impatient.cancel(true);
        assertEquals(412, send(putIfAbsent("left", "later")).statusCode());
    }

    @Test
    void aConditionalWriteTooLargeForTheGateIsRefused() throws Exception {
        HttpRequest large = request("large")
                .header("If-None-Match", "*")
                .PUT(BodyPublishers.ofByteArray(new byte[17 << 20]))
                .build();
        HttpResponse<byte[]> refused = send(large);
        assertEquals(400, refused.statusCode());
        assertTrue(
                new String(refused.body(), java.nio.charset.StandardCharsets.UTF_8).contains("at most 16777216 bytes"));
        assertEquals(0, server.requests.get());
    }

    @Test
    void aSlowReaderHoldsTheServerBack() throws Exception {
        HttpResponse<InputStream> answer = client.send(get("endless"), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertEquals(1_000, body.readNBytes(1_000).length);
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
            while (System.nanoTime() < deadline) {
                assertTrue(server.endlessBytes.get() < 64 << 20, "the proxy takes more than its client");
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void faultsAreSwitchedOverHttp() throws Exception {
        assertEquals(
                200,
                control("POST", "{\"fault\":\"error\",\"status\":418,\"first\":1}")
                        .statusCode());
        assertEquals(418, send(get("object")).statusCode());
        assertTrue(control("GET", "").body().contains("\"fired\":1"));
        HttpResponse<String> refused = control("POST", "{\"fault\":\"eror\"}");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("known are error"), refused.body());
        assertEquals(400, control("POST", "{\"fault\":\"delay\",\"milis\":5}").statusCode());
        assertEquals(400, control("POST", "no json").statusCode());
        control("DELETE", "");
        assertEquals(List.of(), faults.active());
    }

    private static void awaitThat(BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited for 20 s in vain");
            Thread.onSpinWait();
        }
    }

    private HttpResponse<String> control(String method, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/_faults"))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofByteArray());
    }

    private HttpRequest get(String key) {
        return request(key).build();
    }

    private HttpRequest put(String key, byte[] body) {
        return request(key).PUT(BodyPublishers.ofByteArray(body)).build();
    }

    private HttpRequest putIfAbsent(String key, String body) {
        return request(key)
                .header("If-None-Match", "*")
                .PUT(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String key) {
        return HttpRequest.newBuilder(endpoint.resolve("/bucket/" + key)).timeout(Duration.ofSeconds(30));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
