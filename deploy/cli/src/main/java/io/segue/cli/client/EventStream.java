package io.segue.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events of one connection, read by a thread of their own, so that silence is noticed. The connection ends with
 * {@link #close}.
 */
final class EventStream implements AutoCloseable {
    private static final int WAITING = 1_000;

    private final InputStream in;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(WAITING);

    /**
     * One event.
     *
     * @param name {@code view}, {@code log}, {@code end}; {@link #ALIVE} and {@link #LOST} are ours
     * @param id empty if it has none
     */
    record Event(String name, String id, String data) {
        /** A sign of life. */
        static final String ALIVE = ":alive";

        /** The connection has ended; the data says why. */
        static final String LOST = ":lost";

        boolean is(String other) {
            return name.equals(other);
        }
    }

    EventStream(InputStream in) {
        this.in = in;
        Thread reader = new Thread(this::read, "segue-events");
        reader.setDaemon(true);
        reader.start();
    }

    /** The next event; null if there is none for so long. */
    @Nullable
    Event next(Duration patience) throws InterruptedException {
        return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read() {
        String end = "it ended";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (Event event = parse(lines); event != null; event = parse(lines)) {
                events.put(event);
            }
        } catch (IOException e) {
            end = CoordinatorClient.reason(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            events.put(new Event(Event.LOST, "", end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next event or comment; null at the end of the stream, whatever was begun. */
    static @Nullable Event parse(BufferedReader lines) throws IOException {
        String name = "message";
        String id = "";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (any) {
                    return new Event(name, id, data.toString());
                }
            } else if (line.startsWith(":")) {
                return new Event(Event.ALIVE, "", "");
            } else if (line.startsWith("data:")) {
                data.append(any ? "\n" : "").append(value(line));
                any = true;
            } else if (line.startsWith("event:")) {
                name = value(line);
            } else if (line.startsWith("id:")) {
                id = value(line);
            }
        }
        return null;
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            events.offer(new Event(Event.LOST, "", CoordinatorClient.reason(e)));
        }
        events.clear();
    }
}
