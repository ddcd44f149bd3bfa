package io.segue.coordinator.groups;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One strategy for all, and others for some groups and topics.
 *
 * @param specials in the order in which they were written; the first that matches counts
 */
public record Strategies(ResetStrategy general, List<Special> specials) {
    public Strategies {
        specials = List.copyOf(specials);
    }

    /** A strategy of its own for what both patterns match; topics by their source name. */
    public record Special(NamePattern group, NamePattern topic, ResetStrategy strategy) {}

    public static Strategies only(ResetStrategy strategy) {
        return new Strategies(strategy, List.of());
    }

    /** @param topic source name */
    public ResetStrategy of(String groupId, String topic) {
        return specials.stream()
                .filter(other -> other.group().matches(groupId) && other.topic().matches(topic))
                .findFirst()
                .map(Special::strategy)
                .orElse(general);
    }

    /** The mapping, if any strategy translates. */
    Optional<RestoredPartitions> restored() {
        return all().filter(ResetStrategy.Translate.class::isInstance)
                .map(strategy -> ((ResetStrategy.Translate) strategy).restored())
                .findFirst();
    }

    /** The times that any strategy asks for. */
    public Set<Long> times() {
        Set<Long> times = new TreeSet<>();
        all().forEach(strategy -> {
            if (strategy instanceof ResetStrategy.Timestamp timestamp) {
                times.add(timestamp.millis());
            }
        });
        return times;
    }

    public String word() {
        StringBuilder words = new StringBuilder(general.word());
        specials.forEach(other -> words.append("; ")
                .append(other.group().text())
                .append('/')
                .append(other.topic().text())
                .append(": ")
                .append(other.strategy().word()));
        return words.toString();
    }

    private Stream<ResetStrategy> all() {
        return Stream.concat(Stream.of(general), specials.stream().map(Special::strategy));
    }
}
