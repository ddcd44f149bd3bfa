package io.segue.sandbox.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A rule in force, until it is closed. */
public final class InjectedFault implements AutoCloseable {
    private final FaultRule rule;
    private final S3Faults owner;
    private final SplittableRandom random;
    private final List<Runnable> whenRemoved = new ArrayList<>();
    private boolean removed;
    private long matched;
    private long fired;

    InjectedFault(FaultRule rule, S3Faults owner) {
        this.rule = rule;
        this.owner = owner;
        this.random = new SplittableRandom(rule.trigger() instanceof Trigger.Probability p ? p.seed() : 0);
    }

    public FaultRule rule() {
        return rule;
    }

    /** How many requests the fault has been applied to. */
    public synchronized long fired() {
        return fired;
    }

    /** Takes the rule back; requests that it stalls lose their connection. */
    @Override
    public void close() {
        owner.remove(this);
        List<Runnable> actions;
        synchronized (this) {
            removed = true;
            actions = List.copyOf(whenRemoved);
            whenRemoved.clear();
        }
        actions.forEach(Runnable::run);
    }

    /** Runs the action when the rule is taken back; at once if it has been. */
    void whenRemoved(Runnable action) {
        synchronized (this) {
            if (!removed) {
                whenRemoved.add(action);
                return;
            }
        }
        action.run();
    }

    /** Decides for one request, and counts it. */
    synchronized boolean firesFor(String method, String key) {
        if (!rule.matches(method, key)) {
            return false;
        }
        matched++;
        boolean fires = chosen();
        if (fires) {
            fired++;
        }
        return fires;
    }

    private boolean chosen() {
        Trigger trigger = rule.trigger();
        if (trigger instanceof Trigger.EveryNth every) {
            return matched % every.n() == 0;
        } else if (trigger instanceof Trigger.First first) {
            return matched <= first.n();
        } else if (trigger instanceof Trigger.Probability chance) {
            return random.nextDouble() < chance.p();
        }
        return true;
    }
}
