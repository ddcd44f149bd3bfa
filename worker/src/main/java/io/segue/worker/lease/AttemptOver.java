package io.segue.worker.lease;

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

        public Broken(String place, String message, boolean retryable) {
            super(message);
            this.place = place;
            this.retryable = retryable;
        }

        /** Topic, partition and offset, or segment and position. */
        public String place() {
            return place;
        }

        public boolean retryable() {
            return retryable;
        }
    }
}
