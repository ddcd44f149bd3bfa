package io.segue.coordinator.lead;

import io.segue.coordinator.lead.Action.Ask;
import io.segue.coordinator.lead.Action.Check;
import io.segue.coordinator.lead.Action.Claim;
import io.segue.coordinator.lead.Action.Lead;
import io.segue.coordinator.lead.Action.Nothing;
import io.segue.coordinator.lead.Action.StepDown;
import io.segue.coordinator.lead.Standing.Asking;
import io.segue.coordinator.lead.Standing.Claiming;
import io.segue.coordinator.lead.Standing.Follower;
import io.segue.coordinator.lead.Standing.Leader;
import io.segue.coordinator.lead.Standing.New;
import io.segue.protocol.job.LeaderClaim;
import java.time.Duration;
import java.util.Optional;

/**
 * How a coordinator comes to lead and stops leading. Pure: instants are monotonic nanoseconds given by the caller, and what
 * is to be done is the answer.
 *
 * <pre>
 *            silence                 newest epoch n is the silent leader's           the store has it
 *  Follower ─────────▶ Asking ────────────────────────────────▶ Claiming(n + 1) ────────────────▶ Leader(n + 1)
 *     ▲                   │ somebody newer: wait longer            │ somebody else has it            │ a higher epoch,
 *     └───────────────────┴────────────────────────────────────────┴─────────────────────────────────┘ or no store
 * </pre>
 *
 * The store alone decides: a leader that was replaced without knowing it finds every journal taken. Messages that are lost
 * cost time, never truth.
 */
final class Leadership {
    /** A leader that is silent for so long is replaced. */
    static final Duration SILENCE = Duration.ofSeconds(8);

    /** A leader that others hear and this one does not is left alone for so long at most. */
    static final Duration LONGEST_PATIENCE = Duration.ofSeconds(64);

    /** A leader asks so often whether its claim stands. */
    static final Duration CHECK = Duration.ofSeconds(2);

    /** A leader that the store does not answer for so long makes way. */
    static final Duration UNCONFIRMED = Duration.ofSeconds(10);

    private final String id;
    private final String api;

    /** A standing, and what to do first. */
    record Turn(Standing standing, Action action) {
        Turn(Standing standing) {
            this(standing, new Nothing());
        }
    }

    /** What the store said to a claim or a check. */
    enum Answer {
        YES,
        NO,
        /** It did not answer, or not in time: what was asked of it may have been done. */
        UNKNOWN
    }

    Leadership(String id, String api) {
        this.id = id;
        this.api = api;
    }

    /** Some time has passed. */
    Turn tick(Standing standing, long now) {
        if (standing instanceof Follower follower && now - follower.silentSince() >= follower.patience()) {
            return new Turn(new Asking(follower.epoch(), follower.patience()), new Ask());
        }
        if (standing instanceof New || standing instanceof Asking) {
            return new Turn(standing, new Ask());
        }
        if (standing instanceof Claiming claiming) {
            return new Turn(standing, new Claim(claiming.claim()));
        }
        if (standing instanceof Leader leader) {
            if (now - leader.confirmedAt() >= UNCONFIRMED.toNanos()) {
                return stepDown(leader, leader.epoch(), "the store has not answered for a while", now);
            }
            if (now - leader.checkedAt() >= CHECK.toNanos()) {
                return new Turn(new Leader(leader.claim(), leader.confirmedAt(), now), new Check(leader.claim()));
            }
        }
        return new Turn(standing);
    }

    /** A coordinator says that it leads. */
    Turn heard(Standing standing, int epoch, String coordinator, long now) {
        if (standing instanceof Leader leader) {
            return epoch > leader.epoch()
                    ? stepDown(leader, epoch, coordinator + " leads with epoch " + epoch, now)
                    : new Turn(standing);
        }
        return epoch >= standing.epoch() && epoch > 0
                ? new Turn(new Follower(epoch, now, SILENCE.toNanos()))
                : new Turn(standing);
    }

    /** A leader steps down in good order. */
    Turn left(Standing standing, int epoch) {
        return standing instanceof Follower follower && epoch >= follower.epoch()
                ? new Turn(new Asking(epoch, SILENCE.toNanos()), new Ask())
                : new Turn(standing);
    }

    /** The store's answer to {@link Ask}; no answer is no call. */
    Turn asked(Standing standing, Optional<LeaderClaim> newest, long wallMillis, long now) {
        int epoch = newest.map(LeaderClaim::epoch).orElse(0);
        if (standing instanceof New && epoch > 0) {
            return new Turn(new Follower(epoch, now, SILENCE.toNanos()));
        }
        if (standing instanceof Asking asking && epoch > asking.known()) {
            // somebody leads whom this one does not hear: replacing each other in turns would help nobody
            long longer = Math.min(2 * asking.patience(), LONGEST_PATIENCE.toNanos());
            return new Turn(new Follower(epoch, now, longer));
        }
        if (standing instanceof New || standing instanceof Asking) {
            LeaderClaim claim = new LeaderClaim(1, standing.epoch() + 1, id, api, wallMillis);
            return new Turn(new Claiming(claim), new Claim(claim));
        }
        return new Turn(standing);
    }

    /** The store's answer to {@link Claim}. */
    Turn claimed(Standing standing, Answer answer, long now) {
        if (!(standing instanceof Claiming claiming)) {
            return new Turn(standing);
        }
        return switch (answer) {
            case YES -> new Turn(new Leader(claiming.claim(), now, now), new Lead(claiming.claim()));
            case NO -> new Turn(new Follower(claiming.claim().epoch(), now, SILENCE.toNanos()));
            case UNKNOWN -> new Turn(standing);
        };
    }

    /** The store's answer to {@link Check}, which was asked at {@code askedAt}. */
    Turn checked(Standing standing, Answer answer, long askedAt, long now) {
        if (!(standing instanceof Leader leader)) {
            return new Turn(standing);
        }
        return switch (answer) {
            case YES -> new Turn(new Leader(leader.claim(), askedAt, leader.checkedAt()));
            case NO -> stepDown(leader, leader.epoch() + 1, "a higher epoch was claimed", now);
            case UNKNOWN -> new Turn(standing);
        };
    }

    /** A journal was taken by somebody else: look at once. */
    Turn superseded(Standing standing, long now) {
        return standing instanceof Leader leader
                ? new Turn(new Leader(leader.claim(), leader.confirmedAt(), now), new Check(leader.claim()))
                : new Turn(standing);
    }

    private static Turn stepDown(Leader leader, int epoch, String why, long now) {
        return new Turn(new Follower(epoch, now, SILENCE.toNanos()), new StepDown(leader.claim(), why));
    }
}
