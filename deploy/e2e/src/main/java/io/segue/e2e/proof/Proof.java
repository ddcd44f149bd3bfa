package io.segue.e2e.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * What the plain clients found.
 *
 * @param records the target against the source, read with both isolation levels
 * @param groups verdicts with both isolation levels
 * @param configs topics whose own settings are not those of the source, in words
 */
public record Proof(List<Comparison> records, List<GroupVerdict> groups, List<String> configs) {
    public boolean exact() {
        return records.stream().allMatch(Comparison::exact)
                && groups.stream().allMatch(GroupVerdict::exact)
                && configs.isEmpty();
    }

    /** Both readings together; an error that both see counts twice. */
    public Comparison sum() {
        return records.stream().reduce(Comparison.NONE, Comparison::plus);
    }

    public long groupCount() {
        return groups.stream().map(GroupVerdict::group).distinct().count();
    }

    /** Groups that are exact with both isolation levels. */
    public long exactGroups() {
        return groups.stream()
                .map(GroupVerdict::group)
                .distinct()
                .filter(id -> groups.stream()
                        .filter(verdict -> verdict.group().equals(id))
                        .allMatch(GroupVerdict::exact))
                .count();
    }

    /** Whatever is not exact. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>(sum().findings());
        groups.forEach(verdict -> findings.addAll(verdict.deviations()));
        findings.addAll(configs);
        return findings.stream().distinct().toList();
    }
}
