package io.segue.coordinator.lead;

import io.segue.protocol.job.LeaderClaim;

/** What a coordinator is. Instants are monotonic nanoseconds. */
sealed interface Standing {
    /** Highest epoch that it knows of; 0 if none. */
    int epoch();

    /** It has just started and knows nothing yet. */
    record New() implements Standing {
        @Override
        public int epoch() {
            return 0;
        }
    }

    /**
     * Somebody else leads, or nobody.
     *
     * @param silentSince when the leader was last heard of, or the silence began
     * @param patience nanoseconds of silence after which it wants to lead
     */
    record Follower(int epoch, long silentSince, long patience) implements Standing {}

    /**
     * It wants to lead, and asks the store who has the highest epoch.
     *
     * @param known epoch of the leader that is silent
     */
    record Asking(int known, long patience) implements Standing {
        @Override
        public int epoch() {
            return known;
        }
    }

    /** It claims an epoch; the same claim again and again until the store says who has it. */
    record Claiming(LeaderClaim claim) implements Standing {
        @Override
        public int epoch() {
            return claim.epoch() - 1;
        }
    }

    /**
     * It leads.
     *
     * @param confirmedAt when the store last said that nobody has claimed a higher epoch
     * @param checkedAt when it was last asked
     */
    record Leader(LeaderClaim claim, long confirmedAt, long checkedAt) implements Standing {
        @Override
        public int epoch() {
            return claim.epoch();
        }
    }
}
