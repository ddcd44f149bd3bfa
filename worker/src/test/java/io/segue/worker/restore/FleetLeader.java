package io.segue.worker.restore;

import io.segue.protocol.time.ManualTime;
import io.segue.protocol.time.Time;
import io.segue.worker.lease.Lease;
import io.segue.worker.lease.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The heartbeats between the processes of a {@link RestoreWorld} and their leader, as time passes. Of several processes
 * only the last begun is awake: the others sleep until it has ended, and send nothing.
 */
final class FleetLeader {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** What the leader does. */
    enum Mood {
        /** Renews the newest attempt, and revokes older ones. */
        GOOD,
        /** Answers nobody. */
        AWAY,
        /** Was replaced and does not know: renews whatever it is shown. */
        STALE
    }

    private final ManualTime time;
    private final Deque<Member> members = new ArrayDeque<>();
    private Mood mood = Mood.GOOD;
    private long moodEnds;
    private int newest;

    private record Member(int attempt, Lease lease) {}

    FleetLeader(ManualTime time) {
        this.time = time;
        time.onPause(this::beat);
    }

    void granted(int attempt) {
        newest = attempt;
    }

    void is(Mood now, Duration length) {
        mood = now;
        moodEnds = time.nanos() + length.toNanos();
    }

    /** A process begins an attempt, by its own clock. */
    Lease begin(int attempt, Time clock) {
        Member member = new Member(attempt, new Lease(clock));
        members.push(member);
        return member.lease();
    }

    /** It has ended, or died. */
    void end() {
        members.pop();
    }

    /** Time passes while the process that is awake works. */
    void elapse(Duration duration) {
        Duration left = duration;
        while (left.compareTo(HEARTBEAT) > 0) {
            time.advance(HEARTBEAT);
            beat();
            left = left.minus(HEARTBEAT);
        }
        time.advance(left);
        beat();
    }

    private void beat() {
        Member awake = members.peek();
        if (time.nanos() - moodEnds >= 0) {
            mood = Mood.GOOD;
        }
        if (awake == null || mood == Mood.AWAY) {
            return;
        }
        if (mood == Mood.STALE || awake.attempt() == newest) {
            awake.lease().renewed(Moment.now(time));
        } else {
            awake.lease().revoked(Moment.now(time));
        }
    }
}
