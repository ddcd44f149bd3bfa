package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.Refusal;
import io.segue.protocol.text.Units;
import java.util.List;

/** What came of one group. */
public sealed interface GroupOutcome {
    String groupId();

    /** One word for lists and reports: {@code done}, {@code blocked} … */
    String word();

    /** One line for people; empty where there is nothing to add. */
    String detail();

    /** True unless something that was asked for was left undone. */
    default boolean clean() {
        return false;
    }

    /**
     * Committed, and read back as committed.
     *
     * @param changed partitions whose offset was set or removed
     * @param refused topics that the plan left out
     */
    record Done(String groupId, int changed, List<Refusal> refused) implements GroupOutcome {
        public Done {
            refused = List.copyOf(refused);
        }

        @Override
        public String word() {
            return refused.isEmpty() ? "done" : "partly done";
        }

        @Override
        public String detail() {
            return Units.count(changed, "offset") + (refused.isEmpty() ? "" : "; refused: " + refused);
        }

        @Override
        public boolean clean() {
            return refused.isEmpty();
        }
    }

    /** Everything stood as planned already, or there is nothing to set. */
    record Unchanged(String groupId, String detail) implements GroupOutcome {
        @Override
        public String word() {
            return "unchanged";
        }

        @Override
        public boolean clean() {
            return true;
        }
    }

    /** Somebody is a member: nothing was changed. */
    record Blocked(String groupId, String state, List<String> members) implements GroupOutcome {
        public Blocked {
            members = List.copyOf(members);
        }

        @Override
        public String word() {
            return "blocked";
        }

        @Override
        public String detail() {
            return "the group is " + state + " with members " + members + "; stop its consumers and run this again";
        }
    }

    /** The group has moved since the snapshot: nothing was changed. */
    record Conflict(String groupId, List<String> differences) implements GroupOutcome {
        public Conflict {
            differences = List.copyOf(differences);
        }

        @Override
        public String word() {
            return "conflict";
        }

        @Override
        public String detail() {
            return "somebody has committed since the snapshot: " + String.join("; ", differences)
                    + "; nothing was changed";
        }
    }

    /** The group has committed since the reset that a rollback was to undo: nothing was changed. */
    record MovedOn(String groupId, List<String> differences) implements GroupOutcome {
        public MovedOn {
            differences = List.copyOf(differences);
        }

        @Override
        public String word() {
            return "moved on";
        }

        @Override
        public String detail() {
            return "somebody has committed since the reset: " + String.join("; ", differences)
                    + "; nothing was changed, --force takes it back all the same";
        }
    }

    /** The plan had nothing that could be committed: nothing was changed. */
    record Refused(String groupId, List<Refusal> refusals) implements GroupOutcome {
        public Refused {
            refusals = List.copyOf(refusals);
        }

        @Override
        public String word() {
            return "refused";
        }

        @Override
        public String detail() {
            return String.join("; ", refusals.stream().map(Refusal::toString).toList());
        }
    }

    /**
     * Not everything could be committed, or what was read back is not what was committed.
     *
     * @param retryable the same reset may succeed later
     */
    record Failed(String groupId, List<String> errors, boolean retryable) implements GroupOutcome {
        public Failed {
            errors = List.copyOf(errors);
        }

        @Override
        public String word() {
            return retryable ? "failed, may be tried again" : "failed";
        }

        @Override
        public String detail() {
            return String.join("; ", errors);
        }
    }
}
