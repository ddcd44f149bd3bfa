package io.segue.coordinator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.segue.protocol.job.view.JobView.Log;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Following a job over a real connection. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class JobEventsTest {
    private static final String JOB = "restore-1";

    private final ApiWorld api;

    JobEventsTest() throws Exception {
        api = new ApiWorld(Duration.ofMillis(100), Duration.ofSeconds(2));
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    /** A client that reads as little as it likes. */
    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader lines;

        Client(String... headers) throws Exception {
            socket.setReceiveBufferSize(8_192);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET /v1/jobs/" + JOB + "/events HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** What the next events are and say, until one of a name. */
        List<String> until(String event) throws Exception {
            List<String> seen = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    seen.add(line.substring(7));
                } else if (line.startsWith("data: ") && !line.startsWith("data: {")) {
                    seen.add(line.substring(6));
                }
                if (line.equals("event: " + event) || line.equals(event)) {
                    return seen;
                }
            }
            return fail("the stream ended before " + event + ": " + seen);
        }

        boolean ended() throws Exception {
            try {
                String line = lines.readLine();
                while (line != null && !line.equals("0")) {
                    line = lines.readLine();
                }
                return true;
            } catch (SocketException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void aFollowerGetsTheViewThenTheNewsThenTheEnd() throws Exception {
        api.jobs.put(ApiWorld.running(JOB, 100, new Log(7, 0, List.of("one"))));
        try (Client client = new Client()) {
            assertEquals(List.of("view", "log", "one"), client.until("data: one"));

            api.jobs.publish(ApiWorld.running(JOB, 200, new Log(7, 0, List.of("one", "two"))));
            assertEquals(List.of("view", "log", "two"), client.until("data: two"));

            api.jobs.publish(ApiWorld.ended(JOB, 0, new Log(7, 0, List.of("one", "two"))));
            assertEquals(List.of("view", "end"), client.until("end"));
            assertTrue(client.ended());
        }
        await(() -> api.jobs.followers(JOB) == 0);
    }

    @Test
    void whoComesBackIsSentWhatIsNew() throws Exception {
        api.jobs.put(ApiWorld.running(JOB, 100, new Log(7, 0, List.of("one", "two"))));
        try (Client client = new Client("Last-Event-ID: 7-1\r\n")) {
            assertEquals(List.of("view", "log", "two"), client.until("data: two"));
        }
    }

    @Test
    void aQuietJobStillGivesSignsOfLife() throws Exception {
        api.jobs.put(ApiWorld.running(JOB, 100, Log.NONE));
        try (Client client = new Client()) {
            client.until(": alive");
            client.until(": alive");
        }
    }

    /** Views are hints: an end whose view was lost is found all the same. */
    @Test
    void anEndThatNobodyPublishedIsFound() throws Exception {
        api.jobs.put(ApiWorld.running(JOB, 100, Log.NONE));
        try (Client client = new Client()) {
            client.until("view");
            api.jobs.put(ApiWorld.ended(JOB, 0, Log.NONE));

            client.until("end");
        }
    }

    @Test
    void whoHangsUpIsForgotten() throws Exception {
        api.jobs.put(ApiWorld.running(JOB, 100, Log.NONE));
        Client client = new Client();
        client.until("view");
        assertEquals(1, api.jobs.followers(JOB));
        client.close();

        await(() -> api.jobs.followers(JOB) == 0);
        assertTrue(api.get("/metrics").response().body().contains("segue_api_followers 0.0"));
    }

    /** A client that reads nothing costs one view and one write queue, holds up nobody, and is dropped. */
    @Test
    void aSlowFollowerIsDroppedAndHoldsUpNobody() throws Exception {
        api.jobs.put(ApiWorld.running(JOB, 0, Log.NONE));
        try (Client slow = new Client();
                Client quick = new Client()) {
            slow.until("view");
            quick.until("view");
            assertEquals(2, api.jobs.followers(JOB));
            String line = "x".repeat(20_000);
            for (int i = 0; api.jobs.followers(JOB) == 2; i++) {
                api.jobs.publish(ApiWorld.running(JOB, i, new Log(7, i, List.of(line + i))));
                quick.until("data: " + line + i);
            }
            assertEquals(200, api.get("/health").status());
            api.jobs.publish(ApiWorld.ended(JOB, 0, Log.NONE));
            quick.until("end");
        }
    }
}
