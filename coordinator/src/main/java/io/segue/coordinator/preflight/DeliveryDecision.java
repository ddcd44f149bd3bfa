package io.segue.coordinator.preflight;

import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.TaskResult.Probed;
import java.util.Optional;

/** Which delivery a target allows, or why not the one that was asked for. Pure. */
public sealed interface DeliveryDecision {
    /** @param mode never {@link DeliveryMode#AUTO} */
    record Use(DeliveryMode mode) implements DeliveryDecision {}

    /** @param reason with what to do */
    record Refused(String reason) implements DeliveryDecision {}

    /**
     * @param asked by the configuration
     * @param probed empty where the probe could not be made, for want of a scratch topic: then what was asked is tried, and
     *     the first attempt tells
     * @param keepsOffsets the plan puts records at their source offsets
     */
    static DeliveryDecision of(DeliveryMode asked, Optional<Probed> probed, boolean keepsOffsets) {
        if (asked == DeliveryMode.AT_LEAST_ONCE) {
            return new Use(asked);
        }
        boolean fences = probed.map(Probed::fences).orElse(true);
        boolean transacts = probed.map(Probed::transacts).orElse(true);
        String seen = probed.map(found -> String.join("; ", found.evidence())).orElse("");
        if (asked != DeliveryMode.TRANSACTIONAL && fences) {
            return new Use(DeliveryMode.FENCED);
        }
        if (asked == DeliveryMode.FENCED) {
            return new Refused("the target does not fence (" + seen + "): delivery: fenced would not be exactly once"
                    + " there; write delivery: auto or transactional");
        }
        if (!transacts) {
            return new Refused("the target can neither fence nor write transactions (" + seen
                    + "): nothing can be delivered exactly once there; if duplicates do no harm, write delivery:"
                    + " at-least-once");
        }
        return keepsOffsets
                ? new Refused(
                        "the target does not fence (" + seen + "), and without fences the source's offsets cannot be"
                                + " kept; write delivery: transactional, with offsets: dense or auto")
                : new Use(DeliveryMode.TRANSACTIONAL);
    }
}
