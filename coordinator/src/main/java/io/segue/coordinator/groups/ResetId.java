package io.segue.coordinator.groups;

import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.protocol.kafka.GroupCommits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Names a reset by what it is to do, so that doing it again is the same reset: it goes on where it stopped, and changes
 * nothing if it was done.
 */
public final class ResetId {
    private final MessageDigest digest;

    /** @param clusterId of the target */
    public ResetId(String clusterId) {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        add(clusterId);
    }

    private void add(Object part) {
        digest.update((part + "\u0000").getBytes(StandardCharsets.UTF_8));
    }

    /** Of a stored plan: its origin, and every offset in it. */
    public ResetId origin(PlanOrigin origin) {
        add(origin.strategy());
        add(origin.madeAt());
        add(origin.world().topicIds());
        return this;
    }

    public ResetId group(GroupPlan plan) {
        add(plan.groupId());
        add(plan.wanted().commits());
        return this;
    }

    /** Of a request that translates: what it translates, for which topics. */
    public ResetId request(ResetRequest request, PlanOrigin origin, Collection<String> groups) {
        add(request.strategies().word());
        add(request.topics());
        add(origin.mappingFrom());
        add(origin.world().topicIds());
        for (String group : groups) {
            add(group);
            GroupCommits commits = request.source().groups().get(group);
            add(commits == null ? "" : commits.commits());
        }
        return this;
    }

    public String text() {
        return "reset-" + HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    }
}
