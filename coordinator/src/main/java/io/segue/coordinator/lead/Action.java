package io.segue.coordinator.lead;

import io.segue.protocol.job.LeaderClaim;

/** What a coordinator is to do about its standing. */
sealed interface Action {
    /** Wait for the next tick or message. */
    record Nothing() implements Action {}

    /** Ask the store for the newest claim. */
    record Ask() implements Action {}

    /** Put this claim into the store. */
    record Claim(LeaderClaim claim) implements Action {}

    /** Ask the store whether the claim still stands. */
    record Check(LeaderClaim claim) implements Action {}

    /** Begin to lead. */
    record Lead(LeaderClaim claim) implements Action {}

    /** Leave everything to the next leader. */
    record StepDown(LeaderClaim claim, String why) implements Action {}
}
