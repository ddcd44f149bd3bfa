package io.segue.coordinator.dispatch;

import io.segue.protocol.job.message.Messages.Heartbeat;

/**
 * A worker as the leader sees it.
 *
 * @param free slots that neither an attempt nor a reservation takes
 * @param speed payload bytes per second that it is good for with all slots busy, as lately seen; 0 where not known
 * @param heartbeat the last one
 * @param lastSeen when that came, epoch milliseconds
 */
public record WorkerView(State state, int free, long speed, Heartbeat heartbeat, long lastSeen) {
    /** Whether it takes orders. */
    public enum State {
        READY,
        /** It finishes what it has and leaves. */
        DRAINING,
        /** Not heard of for a while: no new orders; what it runs keeps its leases. */
        SUSPECT,
        /** Not known to see the store of the jobs: no orders. */
        BLIND
    }

    public String id() {
        return heartbeat.workerId();
    }

    public int slots() {
        return heartbeat.slots();
    }

    public boolean ready() {
        return state == State.READY;
    }
}
