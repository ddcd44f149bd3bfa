package io.segue.sandbox.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force at an S3 end point. They concern requests that arrive after the call; safe for all threads. */
public final class S3Faults {
    private static final int LIMIT = 1_000;

    private final List<InjectedFault> active = new CopyOnWriteArrayList<>();

    /** Puts a rule into force. Several may apply to one request; of two of a kind the older one counts. */
    public InjectedFault inject(FaultRule rule) {
        if (active.size() >= LIMIT) {
            throw new IllegalStateException("there are " + LIMIT + " faults in force already: clear() some");
        }
        InjectedFault injected = new InjectedFault(rule, this);
        active.add(injected);
        return injected;
    }

    /** The rules in force, oldest first. */
    public List<InjectedFault> active() {
        return List.copyOf(active);
    }

    /** Takes all rules back. */
    public void clear() {
        active().forEach(InjectedFault::close);
    }

    void remove(InjectedFault fault) {
        active.remove(fault);
    }

    /** The faults that happen to a request; asking counts it. */
    List<InjectedFault> firingFor(String method, String key) {
        return active.stream().filter(fault -> fault.firesFor(method, key)).toList();
    }
}
