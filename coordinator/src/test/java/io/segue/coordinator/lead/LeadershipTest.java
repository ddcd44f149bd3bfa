package io.segue.coordinator.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.coordinator.lead.Action.Ask;
import io.segue.coordinator.lead.Action.Check;
import io.segue.coordinator.lead.Action.Claim;
import io.segue.coordinator.lead.Action.Lead;
import io.segue.coordinator.lead.Action.Nothing;
import io.segue.coordinator.lead.Action.StepDown;
import io.segue.coordinator.lead.Leadership.Answer;
import io.segue.coordinator.lead.Leadership.Turn;
import io.segue.coordinator.lead.Standing.Asking;
import io.segue.coordinator.lead.Standing.Claiming;
import io.segue.coordinator.lead.Standing.Follower;
import io.segue.coordinator.lead.Standing.Leader;
import io.segue.coordinator.lead.Standing.New;
import io.segue.protocol.job.LeaderClaim;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Leadership leadership = new Leadership("c-1", "http://c-1");

    private static LeaderClaim claim(int epoch, String who) {
        return new LeaderClaim(1, epoch, who, "http://" + who, 5);
    }

    private Standing leader(int epoch, long now) {
        return new Leader(claim(epoch, "c-1"), now, now);
    }

    private static Follower follower(int epoch, long since, int patienceSeconds) {
        return new Follower(epoch, since, patienceSeconds * SECOND);
    }

    @Test
    void theFirstOfAllClaimsAtOnce() {
        Turn begun = leadership.tick(new New(), 0);
        assertEquals(new Turn(new New(), new Ask()), begun);

        Turn claiming = leadership.asked(begun.standing(), Optional.empty(), 5, 0);
        assertEquals(new Claim(claim(1, "c-1")), claiming.action());

        Turn leading = leadership.claimed(claiming.standing(), Answer.YES, SECOND);
        assertEquals(new Lead(claim(1, "c-1")), leading.action());
        assertEquals(new Leader(claim(1, "c-1"), SECOND, SECOND), leading.standing());
    }

    @Test
    void whoFindsAClaimListensFirst() {
        Turn begun = leadership.asked(new New(), Optional.of(claim(4, "c-2")), 5, 0);

        assertEquals(new Turn(follower(4, 0, 8)), begun);
        assertEquals(
                new Nothing(), leadership.tick(begun.standing(), 8 * SECOND - 1).action());
        assertEquals(new Ask(), leadership.tick(begun.standing(), 8 * SECOND).action());
    }

    @Test
    void aLeaderThatIsHeardIsLeftAlone() {
        Standing follower =
                leadership.asked(new New(), Optional.of(claim(4, "c-2")), 5, 0).standing();
        for (int second = 1; second < 60; second++) {
            follower = leadership.heard(follower, 4, "c-2", second * SECOND).standing();
            assertEquals(
                    new Nothing(),
                    leadership.tick(follower, second * SECOND + SECOND).action());
        }
    }

    @Test
    void anOlderLeaderIsNotHeard() {
        Turn heard = leadership.heard(follower(4, 0, 8), 3, "c-3", 7 * SECOND);

        assertEquals(new Ask(), leadership.tick(heard.standing(), 8 * SECOND).action());
    }

    @Test
    void aSilentLeaderIsReplacedWithTheNextEpoch() {
        Turn asking = leadership.tick(follower(4, 0, 8), 8 * SECOND);
        Turn claiming = leadership.asked(asking.standing(), Optional.of(claim(4, "c-2")), 5, 8 * SECOND);

        assertEquals(new Claim(claim(5, "c-1")), claiming.action());
    }

    @Test
    void ofTwoCandidatesTheOneThatTheStoreRefusedWaitsForTheOther() {
        Turn lost = leadership.claimed(new Claiming(claim(5, "c-1")), Answer.NO, 9 * SECOND);

        assertEquals(new Turn(follower(5, 9 * SECOND, 8)), lost);
    }

    /** Both reach the store and do not hear each other: they do not replace each other every few seconds. */
    @Test
    void inASplitACandidateWaitsLongerAndLonger() {
        Standing standing = follower(4, 0, 8);
        long now = 0;
        for (int patience : new int[] {16, 32, 64, 64}) {
            now += ((Follower) standing).patience();
            Turn asking = leadership.tick(standing, now);
            assertEquals(new Ask(), asking.action());
            standing = leadership
                    .asked(asking.standing(), Optional.of(claim(standing.epoch() + 1, "c-2")), 5, now)
                    .standing();
            assertEquals(follower(standing.epoch(), now, patience), standing);
        }
        standing = leadership.heard(standing, standing.epoch(), "c-2", now).standing();
        assertEquals(8 * SECOND, ((Follower) standing).patience(), "heard again, patience is as before");
    }

    @Test
    void aClaimThatTimedOutIsTriedAgainAsItWas() {
        Standing claiming = new Claiming(claim(5, "c-1"));
        Turn unknown = leadership.claimed(claiming, Answer.UNKNOWN, 9 * SECOND);
        assertEquals(new Nothing(), unknown.action());

        Turn again = leadership.tick(unknown.standing(), 10 * SECOND);

        assertEquals(new Claim(claim(5, "c-1")), again.action(), "the same bytes, so that the store knows them again");
        assertEquals(
                new Lead(claim(5, "c-1")),
                leadership.claimed(again.standing(), Answer.YES, 11 * SECOND).action());
    }

    @Test
    void aCandidateThatHearsANewLeaderGivesUp() {
        assertEquals(
                new Turn(follower(5, SECOND, 8)), leadership.heard(new Claiming(claim(5, "c-1")), 5, "c-2", SECOND));
        assertEquals(
                new Turn(follower(4, SECOND, 8)),
                leadership.heard(new Asking(4, 8 * SECOND), 4, "c-2", SECOND),
                "it was not dead");
    }

    @Test
    void anAnswerThatComesTooLateChangesNothing() {
        Standing follower = follower(5, 0, 8);
        assertEquals(new Turn(follower), leadership.claimed(follower, Answer.YES, SECOND));
        assertEquals(new Turn(follower), leadership.asked(follower, Optional.empty(), 5, SECOND));
        assertEquals(new Turn(follower), leadership.checked(follower, Answer.NO, 0, SECOND));
        assertEquals(new Turn(follower), leadership.superseded(follower, SECOND));
    }

    @Test
    void aLeaderAsksEveryTwoSecondsWhetherItStillLeads() {
        Turn check = leadership.tick(leader(5, 0), 2 * SECOND);
        assertEquals(new Check(claim(5, "c-1")), check.action());
        assertEquals(
                new Nothing(), leadership.tick(check.standing(), 3 * SECOND).action());

        Turn stands = leadership.checked(check.standing(), Answer.YES, 2 * SECOND, 3 * SECOND);

        assertEquals(new Turn(new Leader(claim(5, "c-1"), 2 * SECOND, 2 * SECOND)), stands);
        assertEquals(
                new Check(claim(5, "c-1")),
                leadership.tick(stands.standing(), 4 * SECOND).action());
    }

    @Test
    void aStaleLeaderStepsDown() {
        Turn found = leadership.checked(leader(5, 0), Answer.NO, 2 * SECOND, 3 * SECOND);
        assertInstanceOf(StepDown.class, found.action());
        assertEquals(follower(6, 3 * SECOND, 8), found.standing());

        Turn told = leadership.heard(leader(5, 0), 7, "c-2", SECOND);
        assertInstanceOf(StepDown.class, told.action());
        assertEquals(follower(7, SECOND, 8), told.standing());

        assertEquals(
                new Turn(leader(5, 0)), leadership.heard(leader(5, 0), 4, "c-2", SECOND), "an older one says nothing");
    }

    @Test
    void aJournalThatSomebodyElseTookIsAReasonToLookAtOnce() {
        assertEquals(
                new Check(claim(5, "c-1")),
                leadership.superseded(leader(5, 0), 1).action());
    }

    /** Somebody who reaches the store may lead. */
    @Test
    void aLeaderWithoutAStoreMakesWay() {
        Standing standing = leader(5, 0);
        Turn turn = leadership.tick(standing, 2 * SECOND);
        for (int second = 2; second < 10; second += 2) {
            assertEquals(new Check(claim(5, "c-1")), turn.action());
            standing = leadership
                    .checked(turn.standing(), Answer.UNKNOWN, second * SECOND, second * SECOND + 1)
                    .standing();
            turn = leadership.tick(standing, (second + 2) * SECOND);
        }

        assertInstanceOf(StepDown.class, turn.action());
    }

    @Test
    void aLeaderThatLeavesInGoodOrderIsReplacedAtOnce() {
        Turn left = leadership.left(follower(4, 0, 8), 4);

        assertEquals(new Turn(new Asking(4, 8 * SECOND), new Ask()), left);
        assertEquals(new Turn(follower(5, 0, 8)), leadership.left(follower(5, 0, 8), 4), "that was an older one");
        assertEquals(new Turn(leader(5, 0)), leadership.left(leader(5, 0), 5));
    }
}
