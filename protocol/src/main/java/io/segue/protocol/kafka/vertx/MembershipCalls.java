package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.KafkaCluster.Group;
import io.vertx.core.Future;
import io.vertx.kafka.admin.ConsumerGroupDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Which groups there are, and who is in them.
 *
 * <p>A list of all groups tells the type of each, which the Vert.x client does not know; that client then describes the
 * consumer groups. A group that is not in the list is asked for all the same: the list leaves out what the user may not
 * see, the question answers with the missing ACL.
 */
final class MembershipCalls {
    /** Groups described at a time. */
    private static final int CHUNK = 50;

    private static final String CONSUMER_PROTOCOL = "consumer";

    private final KafkaCalls calls;

    MembershipCalls(KafkaCalls calls) {
        this.calls = calls;
    }

    /** Groups that commit offsets: share groups and those of Connect workers and the like do not. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        listed().values().stream().filter(MembershipCalls::commits).forEach(group -> ids.add(group.groupId()));
        return ids;
    }

    Map<String, Group> describe(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return Map.of();
        }
        Map<String, GroupListing> listed = listed();
        Map<String, Group> groups = new TreeMap<>();
        List<String> consumers = new ArrayList<>();
        for (String id : new TreeSet<>(groupIds)) {
            GroupListing listing = listed.get(id);
            if (listing == null || isConsumer(listing)) {
                consumers.add(id);
            } else {
                groups.put(id, other(listing));
            }
        }
        for (int from = 0; from < consumers.size(); from += CHUNK) {
            List<String> chunk = consumers.subList(from, Math.min(from + CHUNK, consumers.size()));
            groups.putAll(calls.repeat("describe groups " + chunk, () -> describeConsumers(chunk, listed)));
        }
        return groups;
    }

    private Map<String, GroupListing> listed() {
        Map<String, GroupListing> listed = new HashMap<>();
        calls.askNative("list the groups", admin -> admin.listGroups().all())
                .forEach(group -> listed.put(group.groupId(), group));
        return listed;
    }

    /** One question each, together: in one for all, a single group that does not exist would fail the rest. */
    private Map<String, Group> describeConsumers(List<String> ids, Map<String, GroupListing> listed) throws Exception {
        Map<String, Future<Map<String, ConsumerGroupDescription>>> asked = new TreeMap<>();
        ids.forEach(id -> asked.put(id, calls.client().describeConsumerGroups(List.of(id))));
        Map<String, Group> groups = new HashMap<>();
        for (var question : asked.entrySet()) {
            String id = question.getKey();
            groups.put(id, consumer(id, question.getValue(), Optional.ofNullable(listed.get(id))));
        }
        return groups;
    }

    private Group consumer(
            String id, Future<Map<String, ConsumerGroupDescription>> asked, Optional<GroupListing> listing)
            throws Exception {
        ConsumerGroupDescription group;
        try {
            group = calls.await(asked).get(id);
        } catch (ExecutionException e) {
            if (KafkaErrors.unwrap(e) instanceof GroupIdNotFoundException) {
                return new Group(id, GroupState.DEAD.toString(), "none", List.of());
            }
            throw e;
        }
        if (group == null) {
            throw new KafkaException("the answer lacks group " + id);
        }
        List<String> members = group.getMembers().stream()
                .map(member -> member(member.getClientId(), member.getHost()))
                .toList();
        return new Group(id, group.getState().toString(), type(listing), members);
    }

    /** A group of another kind, whose members only the native client can list. */
    private Group other(GroupListing listing) {
        String id = listing.groupId();
        GroupType type = listing.type().orElse(GroupType.CLASSIC);
        Stream<String> members = switch (type) {
            case SHARE ->
                calls
                        .askNative(
                                "describe share group " + id,
                                admin -> admin.describeShareGroups(List.of(id))
                                        .describedGroups()
                                        .get(id))
                        .members()
                        .stream()
                        .map(member -> member(member.clientId(), member.host()));
            case STREAMS ->
                calls
                        .askNative(
                                "describe streams group " + id,
                                admin -> admin.describeStreamsGroups(List.of(id))
                                        .describedGroups()
                                        .get(id))
                        .members()
                        .stream()
                        .map(member -> member(member.clientId(), member.clientHost()));
            default -> classicMembers(id).stream().map(member -> member(member.clientId(), member.host()));
        };
        String state = listing.groupState().orElse(GroupState.UNKNOWN).toString();
        return new Group(id, state, type(Optional.of(listing)), members.toList());
    }

    private Collection<MemberDescription> classicMembers(String id) {
        return calls.askNative(
                        "describe group " + id,
                        admin -> admin.describeClassicGroups(List.of(id))
                                .describedGroups()
                                .get(id))
                .members();
    }

    private static boolean commits(GroupListing listing) {
        return listing.type().filter(type -> type == GroupType.SHARE).isEmpty()
                && (isConsumer(listing)
                        || listing.type()
                                .filter(type -> type == GroupType.STREAMS)
                                .isPresent());
    }

    /** An admin client that commits makes a classic group without a protocol. */
    private static boolean isConsumer(GroupListing listing) {
        boolean shaped = listing.protocol().isEmpty() || listing.protocol().equals(CONSUMER_PROTOCOL);
        return switch (listing.type().orElse(GroupType.CLASSIC)) {
            case CONSUMER -> true;
            case CLASSIC, UNKNOWN -> shaped;
            default -> false;
        };
    }

    private static String type(Optional<GroupListing> listing) {
        return listing.flatMap(GroupListing::type)
                .orElse(GroupType.CLASSIC)
                .toString()
                .toLowerCase(Locale.ROOT);
    }

    private static String member(String clientId, String host) {
        return clientId + " at " + host;
    }
}
