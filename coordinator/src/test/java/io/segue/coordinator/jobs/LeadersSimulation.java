package io.segue.coordinator.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.coordinator.jobs.JobJournal.SupersededException;
import io.segue.protocol.job.JobEvent;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobRequest;
import io.segue.protocol.job.JobState;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.LeaderClaim;
import io.segue.protocol.job.LeaderClaims;
import io.segue.protocol.job.ValidationSpec;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.ManualTime;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * One seed: a job of a few steps, each of which may be taken only by the leader, and leaders that die, sleep while others
 * take over and wake again, and puts that time out and succeed. A step is journaled as begun, taken, and journaled as done,
 * as the shards of a reset are.
 */
final class LeadersSimulation implements KindOfJob {
    private static final String ID = "validation-1";
    private static final int MAX_TERMS = 200;

    private final RandomGenerator random;
    private final ObjectStore store = new InMemoryObjectStore(this::strike);
    private final JobStore jobs = new JobStore(store);
    private final UnaryOperator<ObjectStore> seen;
    private final int steps;
    private int left;
    private int asleep;
    private boolean working;
    /** Of the newest leader that has begun to work on the job. */
    private int begun;

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private LeadersSimulation(long seed, UnaryOperator<ObjectStore> seen) {
        this.random = new SplittableRandom(seed);
        this.seen = seen;
        this.steps = 1 + random.nextInt(5);
        jobs.submit(new JobRequest(1, ID, JobKind.VALIDATION, 5, "ada", "mode: restore", Map.of()));
        jobs.create(new JobFile(ID, 5, new ValidationSpec("b1", "0f")), java.util.List.of());
        this.left = random.nextInt(12);
    }

    /**
     * Plays a seed to its end.
     *
     * @param seen how each leader sees the store
     * @throws AssertionError if something is as it must not be
     */
    static void play(long seed, UnaryOperator<ObjectStore> seen) {
        LeadersSimulation simulation = new LeadersSimulation(seed, seen);
        for (int term = 0; simulation.history().finished().isEmpty(); term++) {
            assertTrue(term < MAX_TERMS, "no end in " + term + " terms");
            simulation.lead();
        }
        assertEquals(JobState.COMPLETED, simulation.history().state());
        assertEquals(simulation.steps, simulation.history().shards().size());
    }

    private JobHistory history() {
        boolean before = working;
        working = false;
        JobHistory history = JobHistory.of(jobs.journal(ID).events());
        working = before;
        return history;
    }

    /** Somebody leads, until it dies, is superseded, or the job rests. */
    private void lead() {
        boolean before = working;
        working = true;
        try {
            JobStore mine = new JobStore(seen.apply(store));
            LeaderClaims claims = mine.leaderClaims();
            int epoch = 1 + claims.newest().map(LeaderClaim::epoch).orElse(0);
            if (claims.claim(new LeaderClaim(1, epoch, "c-" + epoch + "-" + asleep, "", 0))) {
                Term term = new Term(
                        mine, Term.kinds(this), epoch, "c-" + epoch, new ManualTime(), () -> StoreFinding.GOOD);
                JobRequest request = mine.request(ID).orElseThrow();
                JobLane lane = new JobLane(term, this, request, new ReentrantLock(), () -> false);
                for (int runs = 0; runs < 3 && lane.run().isPresent(); runs++) {
                    interfere();
                }
            }
        } catch (Death | SupersededException | StoreException e) {
            // the next leader goes on
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            working = before;
        }
    }

    @Override
    public JobKind kind() {
        return JobKind.VALIDATION;
    }

    @Override
    public Planning plan(JobRequest request, JobListener listener) {
        throw new IllegalStateException("it is planned");
    }

    @Override
    public RunnableJob open(
            JobJournal journal, JobFile file, JobRequest request, JobListener listener, BooleanSupplier stopped) {
        return new RunnableJob() {
            @Override
            public JobState run() {
                return takeSteps(journal);
            }

            @Override
            public void close() {}
        };
    }

    private JobState takeSteps(JobJournal journal) {
        int epoch = journal.history().epoch();
        begun = Math.max(begun, epoch);
        for (int step = journal.history().shards().size(); step < steps; step++) {
            interfere();
            journal.append(new JobEvent.SnapshotTaken("step-" + step));
            int newest = begun;
            interfere();
            assertTrue(
                    epoch >= newest,
                    "epoch " + epoch + " began step " + step + " after epoch " + newest + " had taken the job over");
            journal.append(new JobEvent.ShardReset(step, 1, 1));
        }
        interfere();
        journal.append(new JobEvent.Finished(JobState.COMPLETED, "", 0));
        return JobState.COMPLETED;
    }

    private void interfere() {
        if (asleep < 3 && strikes(6)) {
            asleep++;
            lead();
            asleep--;
        }
        if (strikes(12)) {
            throw new Death();
        }
    }

    /** Puts time out, carried out or not; leaders die on either side of one. */
    private void strike(Moment moment, Operation operation, String key) {
        if (!working || operation != Operation.PUT_IF_ABSENT) {
            return;
        }
        if (strikes(20)) {
            throw new StoreException.Unavailable(key + ": no answer", null);
        }
        if (strikes(20)) {
            throw new Death();
        }
    }

    /** True once in so many times, as long as there is mischief left. */
    private boolean strikes(int oneIn) {
        if (left == 0 || random.nextInt(oneIn) != 0) {
            return false;
        }
        left--;
        return true;
    }
}
