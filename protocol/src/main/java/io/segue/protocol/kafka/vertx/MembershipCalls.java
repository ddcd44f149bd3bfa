package io.segue.protocol.kafka.vertx;

import io.segue.protocol.kafka.KafkaCluster.Group;
import io.segue.protocol.kafka.KafkaFailure;
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
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which groups there are, and who is in them.
 *
 * <p>A list of all groups tells the type of each, which the Vert.x client does not know. A group that is not in the list is
 * asked for all the same: the list leaves out what the user may not see, the question answers with the missing ACL.
 */
final class MembershipCalls {
    /** Groups described at a time. */
    private static final int CHUNK = 500;

    private static final String CONSUMER_PROTOCOL = "consumer";
    private static final String OFFSETS = "__consumer_offsets";
    private static final Logger LOG = LoggerFactory.getLogger(MembershipCalls.class);

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
            groups.putAll(calls.repeat("describe groups from " + chunk.get(0), () -> describeConsumers(chunk, listed)));
        }
        return groups;
    }

    private Map<String, GroupListing> listed() {
        Map<String, GroupListing> listed = new HashMap<>();
        calls.askNative("list the groups", admin -> admin.listGroups().all())
                .forEach(group -> listed.put(group.groupId(), group));
        return listed;
    }

    /** The client asks each coordinator for all of its groups; each has its own answer, or its own error. */
    private Map<String, Group> describeConsumers(List<String> ids, Map<String, GroupListing> listed) throws Exception {
        var asked = calls.admin().describeConsumerGroups(ids).describedGroups();
        Map<String, Group> groups = new HashMap<>();
        for (var question : asked.entrySet()) {
            String id = question.getKey();
            groups.put(id, consumer(id, question.getValue(), Optional.ofNullable(listed.get(id))));
        }
        return groups;
    }

    private Group consumer(String id, KafkaFuture<ConsumerGroupDescription> asked, Optional<GroupListing> listing)
            throws Exception {
        ConsumerGroupDescription group;
        try {
            group = calls.await(asked);
        } catch (ExecutionException e) {
            if (KafkaErrors.unwrap(e) instanceof GroupIdNotFoundException) {
                return new Group(id, GroupState.DEAD.toString(), "none", List.of());
            }
            throw e;
        }
        List<String> members =
                group.members().stream().map(MembershipCalls::member).toList();
        return new Group(id, group.groupState().toString(), type(listing), members);
    }

    private static String member(MemberDescription member) {
        String line = member(member.clientId(), member.host());
        return member.groupInstanceId()
                .map(instance -> line + " (static member " + instance + ")")
                .orElse(line);
    }

    /**
     * The leader of a group's partition of {@code __consumer_offsets}; nobody's where the user may not see that topic. It is
     * a hint for spreading work: the client itself finds the coordinator for every request.
     */
    Map<String, Integer> coordinators(Collection<String> groupIds) {
        TopicDescription offsets;
        try {
            offsets = calls.askNative(
                    "describe " + OFFSETS,
                    admin -> admin.describeTopics(List.of(OFFSETS))
                            .topicNameValues()
                            .get(OFFSETS));
        } catch (KafkaFailure unknown) {
            LOG.debug("coordinators are not known", unknown);
            return Map.of();
        }
        Map<Integer, Integer> leaders = new HashMap<>();
        offsets.partitions().stream()
                .filter(partition -> partition.leader() != null)
                .forEach(partition ->
                        leaders.put(partition.partition(), partition.leader().id()));
        Map<String, Integer> coordinators = new HashMap<>();
        for (String id : groupIds) {
            // As brokers do it: the magnitude of the hash, of the smallest 0.
            int hash = Math.max(0, id.hashCode() < 0 ? -id.hashCode() : id.hashCode());
            int partition = hash % offsets.partitions().size();
            Optional.ofNullable(leaders.get(partition)).ifPresent(leader -> coordinators.put(id, leader));
        }
        return coordinators;
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
            default -> classicMembers(id).stream().map(MembershipCalls::member);
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
