package io.segue.worker.restore;

import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.ModelPartition.Fate;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.append.ModelPartition.Operation;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.lease.Lease;
import io.segue.worker.restore.FleetLeader.Mood;
import io.segue.worker.restore.RestoreWorld.Death;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * All that may go wrong, by chance and from one seed: processes die, sleep while their successors work and wake again,
 * requests are lost before or after they did their work, batches arrive late, partition leaders fail over, the fleet's leader
 * is away or a stale one; so often, then no more.
 */
final class Mischief implements Faults, AppendSteps {
    private static final List<Fate> MISFORTUNES = List.of(Fate.ACK_LOST, Fate.UNREPLICATED, Fate.LOST, Fate.LATE);

    private static final int MAX_SLEEPERS = 3;

    private final RestoreWorld world;
    private final Random random;
    /**
     * The coordinator forgets transactional ids, so that fences hold nobody. Then all rests on the lease: the next attempt is
     * granted when that of a sleeper has ended, and nobody sleeps between the check of his lease and his write, which is the
     * residual risk of design.md §4.
     */
    private final boolean forgetful;

    private int left;
    private int sleepers;

    Mischief(RestoreWorld world, Random random) {
        this.world = world;
        this.random = random;
        this.forgetful = random.nextInt(4) == 0;
        this.left = random.nextInt(12);
    }

    /** One more attempt, to whatever end. */
    void attempt() {
        int attempt = world.grant();
        try {
            world.run(attempt, this, this);
        } catch (Death death) {
            // the next attempt finds what it left
        }
        world.assertPrefix();
    }

    @Override
    public void reached(Step step) {
        interfere(step == Step.BEFORE_PRODUCE);
    }

    @Override
    public void before(Operation operation) {
        interfere(operation == Operation.APPEND);
        if (operation != Operation.APPEND && strikes(50)) {
            throw new TargetFailure(operation + " timed out", true, null);
        }
    }

    @Override
    public void after(Operation operation) {
        interfere(false);
    }

    @Override
    public Fate fate() {
        return strikes(5) ? MISFORTUNES.get(random.nextInt(MISFORTUNES.size())) : Fate.ACKNOWLEDGED;
    }

    /** @param passed between the lease gate and the write */
    private void interfere(boolean passed) {
        world.leader.elapse(Duration.ofMillis(random.nextInt(2_500)));
        if (strikes(40)) {
            world.leader.is(
                    random.nextBoolean() ? Mood.AWAY : Mood.STALE, Duration.ofMillis(1_000 << random.nextInt(10)));
        }
        if (strikes(30)) {
            world.broker.deliverLate();
        }
        if (strikes(50)) {
            world.broker.failover();
        }
        if (forgetful && strikes(30)) {
            world.broker.forgetTransactionalId();
        }
        if (!(forgetful && passed) && sleepers < MAX_SLEEPERS && strikes(25)) {
            sleepers++;
            if (forgetful) {
                world.time.advance(Lease.TERM);
            }
            attempt();
            sleepers--;
        }
        if (strikes(25)) {
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
