package io.segue.coordinator.groups;

/**
 * What came of one group's reset or rollback, for reports.
 *
 * @param outcome one word or a few
 * @param offsets that were set or removed
 * @param complete nothing that was asked for is left undone
 */
public record GroupLine(String group, String outcome, String detail, int offsets, boolean complete) {
    public static GroupLine of(GroupOutcome outcome) {
        int offsets = outcome instanceof GroupOutcome.Done done ? done.changed() : 0;
        return new GroupLine(outcome.groupId(), outcome.word(), outcome.detail(), offsets, outcome.clean());
    }
}
