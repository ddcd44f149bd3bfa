package io.segue.coordinator.fleet;

import io.segue.protocol.job.message.Messages.Heartbeat;

/** Payload bytes per second that one busy slot of a worker lately moved, smoothed; negative where not known. */
record Speed(double perSlot) {
    static final Speed UNKNOWN = new Speed(-1);
    private static final double NEWEST = 0.3;

    /** A worker that runs nothing tells nothing. */
    Speed after(Heartbeat heartbeat) {
        if (heartbeat.running().isEmpty()) {
            return this;
        }
        double now = (double) heartbeat.health().bytesPerSecond()
                / heartbeat.running().size();
        return new Speed(perSlot < 0 ? now : perSlot + NEWEST * (now - perSlot));
    }

    long allSlots(int slots) {
        return perSlot < 0 ? 0 : Math.round(perSlot * slots);
    }
}
