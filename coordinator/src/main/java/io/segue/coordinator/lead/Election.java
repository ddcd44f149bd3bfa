package io.segue.coordinator.lead;

import io.segue.coordinator.lead.Leadership.Answer;
import io.segue.coordinator.lead.Leadership.Turn;
import io.segue.protocol.job.LeaderClaim;
import io.segue.protocol.job.LeaderClaims;
import io.segue.protocol.job.message.Messages;
import io.segue.protocol.job.message.Messages.LeaderBeat;
import io.segue.protocol.job.message.Messages.LeaderLeft;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link Leadership} decides. One thread owns the standing; the store is asked on another, one question at
 * a time, so that a store that hangs does not keep a leader from making way.
 */
public final class Election implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Election.class);
    private static final long TICK_MS = 250;
    private static final long CLOSE_SECONDS = 60;
    private static final int MAX_WAITING = 10_000;

    private final Vertx vertx;
    private final LeaderClaims claims;
    private final Time time;
    private final Leadership leadership;
    private final Terms terms;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>(MAX_WAITING);
    private final ExecutorService store = Executors.newSingleThreadExecutor(task -> new Thread(task, "lead-store"));
    private final MessageConsumer<String> beats;
    private final MessageConsumer<String> farewells;
    private final StoreSilence silence = new StoreSilence(new SplittableRandom());
    private final Thread thread = new Thread(this::run, "lead");
    private volatile boolean closing;

    private Standing standing = new Standing.New();
    private @Nullable Term term;
    private boolean asking;

    /** What a leader does. */
    public interface Terms {
        /**
         * Begins to lead, without blocking for long.
         *
         * @param superseded to be called when somebody else took a journal
         */
        Term begin(LeaderClaim claim, Runnable superseded);
    }

    /** One term of one leader. */
    public interface Term extends AutoCloseable {
        /** Leaves everything as it is to the next leader. */
        @Override
        void close();
    }

    /**
     * Takes part from now on.
     *
     * @param id of this coordinator
     * @param api base URL of its API
     */
    public Election(Vertx vertx, LeaderClaims claims, Time time, String id, String api, Terms terms) {
        this.vertx = vertx;
        this.claims = claims;
        this.time = time;
        this.leadership = new Leadership(id, api);
        this.terms = terms;
        this.beats = vertx.eventBus().consumer(Messages.LEADER, message -> {
            LeaderBeat beat = Messages.read(message.body(), LeaderBeat.class);
            tell(() -> turn(leadership.heard(standing, beat.epoch(), beat.coordinatorId(), time.nanos())));
        });
        this.farewells = vertx.eventBus().consumer(Messages.LEADER_LEFT, message -> {
            LeaderLeft left = Messages.read(message.body(), LeaderLeft.class);
            tell(() -> turn(leadership.left(standing, left.epoch())));
        });
        thread.start();
    }

    /** What finds no room says nothing new: ticks and later messages follow. */
    private void tell(Runnable input) {
        boolean taken = inbox.offer(input);
        if (!taken) {
            LOG.debug("inbox full");
        }
    }

    private void run() {
        while (!closing) {
            try {
                Runnable input = inbox.poll(TICK_MS, TimeUnit.MILLISECONDS);
                if (input != null) {
                    input.run();
                } else {
                    turn(leadership.tick(standing, time.nanos()));
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        leave();
    }

    private void turn(Turn turn) {
        standing = turn.standing();
        Action action = turn.action();
        if (action instanceof Action.Ask && silence.over(time.nanos())) {
            ask(
                    claims::newest,
                    newest -> turn(leadership.asked(standing, newest, time.wallMillis(), time.nanos())),
                    "event=store-silent");
        } else if (action instanceof Action.Claim claim && silence.over(time.nanos())) {
            ask(
                    () -> claims.claim(claim.claim()) ? Answer.YES : Answer.NO,
                    answer -> turn(leadership.claimed(standing, answer, time.nanos())),
                    "event=claim-unknown epoch=" + claim.claim().epoch());
        } else if (action instanceof Action.Check check) {
            long askedAt = time.nanos();
            ask(
                    () -> claims.stands(check.claim()) ? Answer.YES : Answer.NO,
                    answer -> turn(leadership.checked(standing, answer, askedAt, time.nanos())),
                    "event=check-unknown epoch=" + check.claim().epoch());
        } else if (action instanceof Action.Lead lead) {
            lead(lead.claim());
        } else if (action instanceof Action.StepDown down) {
            LOG.warn("event=step-down epoch={} why=\"{}\"", down.claim().epoch(), down.why());
            endTerm();
        }
    }

    private interface Question<T> {
        T ask();
    }

    private interface Reply<T> {
        void take(T answer);
    }

    /**
     * A question that finds another one under way is left: the next tick asks again.
     *
     * @param trouble what the log says if there is no answer
     */
    private <T> void ask(Question<T> question, Reply<T> reply, String trouble) {
        if (asking) {
            return;
        }
        asking = true;
        store.execute(() -> {
            Runnable result;
            try {
                T answer = question.ask();
                result = () -> {
                    silence.answered();
                    reply.take(answer);
                };
            } catch (StoreException e) {
                result = () -> silent(trouble, e);
            }
            Runnable then = result;
            answered(() -> {
                asking = false;
                then.run();
            });
        });
    }

    private void silent(String trouble, StoreException e) {
        if (silence.failed(time.nanos())) {
            LOG.warn("{} tries={} {}", trouble, silence.failures(), e.getMessage());
        }
    }

    /** An answer is never dropped: another question would not be asked any more. */
    private void answered(Runnable answer) {
        try {
            inbox.put(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lead(LeaderClaim claim) {
        LOG.info("event=lead epoch={} coordinator={}", claim.epoch(), claim.coordinator());
        term = terms.begin(claim, () -> tell(() -> turn(leadership.superseded(standing, time.nanos()))));
    }

    private void endTerm() {
        Term ending = term;
        term = null;
        if (ending != null) {
            ending.close();
        }
    }

    private void leave() {
        Standing last = standing;
        endTerm();
        if (last instanceof Standing.Leader leader) {
            vertx.eventBus().publish(Messages.LEADER_LEFT, Messages.write(new LeaderLeft(leader.epoch())));
            LOG.info("event=left epoch={}", leader.epoch());
        }
    }

    /** Steps down, if it leads, so that another may claim at once. */
    @Override
    public void close() {
        closing = true;
        beats.unregister();
        farewells.unregister();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.shutdownNow();
    }
}
