package io.segue.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.cli.ExitCode;
import io.segue.cli.client.EventStream.Event;
import io.segue.protocol.job.JobJson;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.view.JobView;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Follows a job to its end, or until it waits for somebody to resume it, over whichever coordinator answers. A lost connection is made again, to the next coordinator, from
 * where it was; only after minutes without any does it give up. Used by one thread.
 */
final class JobFollower {
    /** About ten minutes in all. */
    static final Backoff PATIENCE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 150);

    /** Coordinators give a sign of life every 10 s. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** How often the stop is looked at. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final ObjectMapper JSON = JobJson.mapper();

    private final CoordinatorClient client;
    private final Time time;
    private final BooleanSupplier stopped;
    private final RandomGenerator random = new Random();
    private String lastEventId = "";
    private int failures;

    /** Who hears what the job does. */
    interface Listener {
        void view(JobView view);

        void line(String line);

        /** The connection is lost and made again. */
        void lost(String why);
    }

    /** @param stopped true: leave the job alone and return */
    JobFollower(CoordinatorClient client, Time time, BooleanSupplier stopped) {
        this.client = client;
        this.time = time;
        this.stopped = stopped;
    }

    /**
     * The last view of the job, which has ended or is paused; empty if it was stopped before.
     *
     * @param after number of the command whose effect is waited for; 0: none
     */
    Optional<JobView> follow(String jobId, int after, Listener listener) throws InterruptedException {
        while (!stopped.getAsBoolean()) {
            String lost;
            try (EventStream events = open(jobId, after)) {
                Optional<JobView> end = read(events, after, listener);
                if (end.isPresent() || stopped.getAsBoolean()) {
                    return end;
                }
                lost = "the connection to " + client.url() + " is lost";
            } catch (IOException e) {
                lost = client.url() + ": " + CoordinatorClient.reason(e);
            }
            failures++;
            if (!PATIENCE.goesOn(failures)) {
                throw new FleetFailure(
                        ExitCode.INTERRUPTED,
                        "no coordinator answers any more (" + lost
                                + "); the job goes on without this command: kafka-backup jobs follow " + jobId);
            }
            if (failures == 1) {
                listener.lost(lost);
            }
            client.next();
            pause();
        }
        return Optional.empty();
    }

    private void pause() throws InterruptedException {
        long until = time.nanos() + PATIENCE.after(failures, random).toNanos();
        while (time.nanos() < until && !stopped.getAsBoolean()) {
            time.pause(LOOK);
        }
    }

    private EventStream open(String jobId, int after) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(SILENCE);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        String path = "/v1/jobs/" + jobId + "/events" + (after > 0 ? "?after=" + after : "");
        HttpResponse<InputStream> response = client.open(client.url(), path, request);
        if (response.statusCode() == 200) {
            return new EventStream(response.body());
        }
        CoordinatorClient.Answer answer =
                new CoordinatorClient.Answer(response.statusCode(), CoordinatorClient.json(response));
        if (answer.status() == 503) {
            throw new IOException("it says that it cannot just now");
        }
        throw CoordinatorClient.refusal(client.url(), answer);
    }

    /** The view at the end, or at the pause; empty if the connection is lost, silent, or to be left. */
    private Optional<JobView> read(EventStream events, int after, Listener listener)
            throws IOException, InterruptedException {
        long heard = time.nanos();
        Optional<JobView> paused = Optional.empty();
        while (!stopped.getAsBoolean() && time.nanos() - heard < SILENCE.toNanos()) {
            Event event = events.next(LOOK);
            if (event == null) {
                if (paused.isPresent()) {
                    return paused;
                }
                continue;
            }
            if (event.is(Event.LOST)) {
                return Optional.empty();
            }
            heard = time.nanos();
            failures = 0;
            if (!event.id().isEmpty()) {
                lastEventId = event.id();
            }
            if (event.is("log")) {
                listener.line(event.data());
            } else if (event.is("view")) {
                JobView view = view(event);
                listener.view(view);
                boolean waits = view.state() == JobState.PAUSED && view.commands() >= after;
                paused = waits ? Optional.of(view) : Optional.empty();
            } else if (event.is("end")) {
                return Optional.of(view(event));
            }
        }
        return Optional.empty();
    }

    private static JobView view(Event event) throws IOException {
        try {
            return JSON.readValue(event.data(), JobView.class);
        } catch (JsonProcessingException e) {
            throw new IOException("an event is not what this program reads: " + e.getOriginalMessage(), e);
        }
    }
}
