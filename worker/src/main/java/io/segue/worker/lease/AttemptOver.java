package io.segue.worker.lease;

import io.segue.protocol.job.Defect;
import org.jspecify.annotations.Nullable;

/** An attempt ends before its task does. */
public abstract sealed class AttemptOver extends Exception {
    private static final long serialVersionUID = 1L;

    private AttemptOver(String message) {
        super(message);
    }

    /** Another attempt was granted: whatever this one holds is void. */
    public static final class Superseded extends AttemptOver {
        private static final long serialVersionUID = 1L;

        public Superseded(String message) {
            super(message);
        }
    }

    /** The attempt hands over where it is: another may go on. */
    public static final class Stopped extends AttemptOver {
        private static final long serialVersionUID = 1L;

        public Stopped() {
            this("stopped on request");
        }

        public Stopped(String reason) {
            super(reason);
        }
    }

    /** The target does not hold what it must, or refuses a record. */
    public static final class Broken extends AttemptOver {
        private static final long serialVersionUID = 1L;

        private final String place;
        private final boolean retryable;
        private final transient @Nullable Defect defect;

        public Broken(String place, String message, boolean retryable) {
            this(place, message, retryable, null);
        }

        /** For a target partition that trying again does not repair. */
        public Broken(String place, String message, Defect defect) {
            this(place, message, false, defect);
        }

        /** @param defect of the target's log; null: none is known */
        public Broken(String place, String message, boolean retryable, @Nullable Defect defect) {
            super(message);
            this.place = place;
            this.retryable = retryable;
            this.defect = defect;
        }

        /** Topic, partition and offset, or segment and position. */
        public String place() {
            return place;
        }

        public boolean retryable() {
            return retryable;
        }

        /** What is wrong with the log of the target partition; null: nothing that is known. */
        public @Nullable Defect defect() {
            return defect;
        }
    }
}
