package io.segue.coordinator.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.LeaderClaim;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ElectionTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Election coordinator(String id, JobStore jobs) {
        return new Election(vertx, jobs.leaderClaims(), Time.system(), id, "http://" + id, (claim, superseded) -> {
            happened.add(id + " leads " + claim.epoch());
            return () -> happened.add(id + " ends " + claim.epoch());
        });
    }

    private String next() throws InterruptedException {
        return String.valueOf(happened.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void oneLeadsAndTheOtherFollowsItAtOnceWhenItLeaves() throws Exception {
        JobStore jobs = new JobStore(new InMemoryObjectStore());
        Election first = coordinator("c-1", jobs);
        assertEquals("c-1 leads 1", next());
        Election second = coordinator("c-2", jobs);
        first.close();
        assertEquals("c-1 ends 1", next());
        assertEquals("c-2 leads 2", next());
        second.close();
        assertEquals("c-2 ends 2", next());
        assertEquals(
                "c-2",
                jobs.leaderClaims().newest().map(LeaderClaim::coordinator).orElse(""));
    }

    @Test
    void aLeaderFindsThatItWasReplaced() throws Exception {
        JobStore jobs = new JobStore(new InMemoryObjectStore());
        Election election = coordinator("c-1", jobs);
        assertEquals("c-1 leads 1", next());

        assertTrue(jobs.leaderClaims().claim(new LeaderClaim(1, 2, "c-2", "http://c-2", 0)));

        assertEquals("c-1 ends 1", next());
        election.close();
    }

    /** The answer is lost, the claim is there: the same claim is made again and found. */
    @Test
    void aClaimWhoseAnswerWasLostIsStillItsOwn() throws Exception {
        AtomicInteger losses = new AtomicInteger(2);
        JobStore jobs = new JobStore(new InMemoryObjectStore((moment, operation, key) -> {
            boolean size = operation == Operation.SIZE && moment == Moment.BEFORE;
            boolean put = operation == Operation.PUT_IF_ABSENT && moment == Moment.AFTER;
            if (key.startsWith("leader/") && (put || size) && losses.getAndDecrement() > 0) {
                throw new StoreException.Unavailable("no answer", null);
            }
        }));
        Election election = coordinator("c-1", jobs);
        assertEquals("c-1 leads 1", next());
        election.close();
    }
}
