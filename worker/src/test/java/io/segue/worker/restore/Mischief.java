package io.segue.worker.restore;

import io.segue.protocol.store.StoreException;
import io.segue.worker.append.AppendSteps;
import io.segue.worker.append.ModelBroker;
import io.segue.worker.append.ModelPartition.Fate;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.append.ModelPartition.Operation;
import io.segue.worker.append.TargetFailure;
import io.segue.worker.restore.FleetLeader.Mood;
import io.segue.worker.restore.RestoreWorld.Death;
import io.segue.worker.restore.UnreliableStore.PutFate;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All that may go wrong, by chance and from one seed: processes die, sleep while their successors work and wake again,
 * requests are lost before or after they did their work, batches arrive late, partition leaders fail over and forget
 * producers, the coordinator of transactions forgets ids, the fleet has two leaders or none, puts time out and succeed, clocks
 * are set; so often, then no more.
 */
final class Mischief implements Faults, AppendSteps, UnreliableStore.Weather {
    private static final List<Fate> MISFORTUNES =
            List.of(Fate.ACK_LOST, Fate.UNREPLICATED, Fate.LOST, Fate.LATE, Fate.REFUSED);
    private static final List<PutFate> TIME_OUTS =
            List.of(PutFate.TIMED_OUT, PutFate.TIMED_OUT_AND_DONE, PutFate.TIMED_OUT_AND_LATE);

    private static final int MOST = 12;
    private static final int MAX_SLEEPERS = 3;

    /** What breaks an assumption of design.md §4: it may end the task, but never well. */
    enum Breach {
        NONE,
        /** A replica that lacks acknowledged records is elected. */
        UNCLEAN_ELECTION,
        FOREIGN_RECORD
    }

    private final RestoreWorld world;
    private final RandomGenerator random;
    private final SplitLeaders leaders;
    private final UnreliableStore store;
    private final Breach breach;
    private final Runnable check;

    private int left;
    private int attempt;
    private int sleepers;
    private boolean granting;
    private boolean slept;
    private boolean breached;

    /** Tells what happens, where one seed is replayed. */
    private static final boolean TELLS = Long.getLong("segue.seed") != null;

    /** @param check what must hold after each attempt, whatever became of it */
    Mischief(RestoreWorld world, RandomGenerator random, Breach breach, Runnable check) {
        this.world = world;
        this.random = random;
        this.breach = breach;
        this.check = check;
        this.store = new UnreliableStore(world.state(), this);
        this.leaders = new SplitLeaders(world, random);
        this.left = random.nextInt(MOST + 1);
        world.clock = new ProcessClock(world.time, random, false);
        world.storeSeen = any -> store;
        world.stopped = () -> strikes(60);
    }

    /** One more attempt, to whatever end. */
    void attempt() {
        if (sleepers == 0 && strikes(20)) {
            tell("a week passes");
            world.time.advance(ModelBroker.ID_EXPIRY);
            world.broker.expireTransactionalId();
        }
        granting = true;
        int granted = leaders.grant();
        granting = false;
        if (granted == 0) {
            return;
        }
        int before = attempt;
        attempt = granted;
        try {
            tell("begins");
            world.run(granted, this, this);
            tell("ends: ", world.last());
        } catch (Death | StoreException e) {
            tell("is gone: ", e);
        }
        attempt = before;
        check.run();
    }

    /** What is still on its way arrives. */
    void calm() {
        store.land();
        world.broker.expireProducers();
        world.broker.deliverLate();
    }

    /** True once an assumption was broken. */
    boolean breached() {
        return breached;
    }

    private void tell(Object... words) {
        if (TELLS) {
            StringBuilder line = new StringBuilder(world.time.passed() + " attempt " + attempt + " ");
            for (Object word : words) {
                line.append(word);
            }
            System.out.println(line);
        }
    }

    @Override
    public void reached(Step step) {
        tell(step);
        interfere(step == Step.BEFORE_PRODUCE || step == Step.BEFORE_HEAD_FILL, step != Step.AFTER_SEAL);
    }

    @Override
    public void before(Operation operation) {
        tell("asks ", operation, ", log end ", world.broker.end());
        boolean writes = operation == Operation.APPEND;
        slept &= writes;
        interfere(writes, true);
        if (!writes && strikes(50)) {
            throw new TargetFailure(operation + " timed out", true, null);
        }
    }

    @Override
    public void after(Operation operation) {
        interfere(false, true);
        if (operation != Operation.APPEND && strikes(50)) {
            throw new TargetFailure(operation + " was done, but its answer is lost", true, null);
        }
    }

    @Override
    public boolean cutOff() {
        return strikes(50);
    }

    @Override
    public boolean sleptBeforeWrite() {
        return slept;
    }

    @Override
    public Fate fate() {
        return strikes(6) ? told(pick(MISFORTUNES)) : Fate.ACKNOWLEDGED;
    }

    @Override
    public PutFate putFate() {
        dieInStore();
        return strikes(20) ? told(pick(TIME_OUTS)) : PutFate.DONE;
    }

    @Override
    public void beforeRead() {
        if (strikes(60)) {
            tell("no answer from the store");
            throw new StoreException.Unavailable("no answer", null);
        }
    }

    @Override
    public void afterPut() {
        dieInStore();
    }

    private void dieInStore() {
        if (!granting && strikes(40)) {
            throw new Death();
        }
    }

    /**
     * @param passed between the lease gate and the write
     * @param unsealed the task's log may still say that something is wrong
     */
    private void interfere(boolean passed, boolean unsealed) {
        if (left == 0) {
            return;
        }
        world.leader.elapse(Duration.ofMillis(random.nextInt(2_500)));
        fleet();
        brokers();
        if (unsealed && strikes(30)) {
            breach();
        }
        if (sleepers < MAX_SLEEPERS && strikes(25)) {
            tell("sleeps");
            sleepers++;
            attempt();
            sleepers--;
            slept = passed;
            tell("wakes");
        }
        if (strikes(25)) {
            throw new Death();
        }
    }

    private void fleet() {
        if (strikes(40)) {
            tell("the leader is away, or a stale one");
            world.leader.is(
                    random.nextBoolean() ? Mood.AWAY : Mood.STALE, Duration.ofMillis(1_000L << random.nextInt(10)));
        }
        if (strikes(40)) {
            tell("late puts land");
            store.land();
        }
        if (strikes(80)) {
            tell("clocks are set");
            world.time.setWall(Duration.ofMinutes(random.nextInt(-60, 60)));
        }
    }

    private void brokers() {
        if (strikes(25)) {
            tell("late batches arrive");
            world.broker.deliverLate();
        }
        if (strikes(40)) {
            tell("fails over");
            world.broker.failover(random.nextBoolean());
        }
        if (strikes(20)) {
            tell("producers expire");
            world.broker.expireProducers();
        }
    }

    private void breach() {
        if (breach == Breach.NONE) {
            return;
        }
        breached = true;
        tell(breach);
        if (breach == Breach.FOREIGN_RECORD) {
            world.broker.foreign(Records.at(1_000_000 + random.nextInt(1_000)));
        } else {
            world.broker.truncate(Math.max(world.broker.logStart(), world.broker.end() - 1 - random.nextInt(6)));
        }
    }

    private <T> T told(T fate) {
        tell(fate);
        return fate;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
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
