package io.segue.coordinator.groups;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One strategy for all, and others for some groups and topics; the first that matches counts.
 *
 * @param overrides in the order in which they were written
 */
public record Strategies(ResetStrategy general, List<Override> overrides) {
    public Strategies {
        overrides = List.copyOf(overrides);
    }

    /** A strategy of its own for what both patterns match; topics by their source name. */
    public record Override(NamePattern group, NamePattern topic, ResetStrategy strategy) {}

    public static Strategies only(ResetStrategy strategy) {
        return new Strategies(strategy, List.of());
    }

    /** @param topic source name */
    public ResetStrategy of(String groupId, String topic) {
        return overrides.stream()
                .filter(other -> other.group().matches(groupId) && other.topic().matches(topic))
                .findFirst()
                .map(Override::strategy)
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
        overrides.forEach(other -> words.append("; ")
                .append(other.group().text())
                .append('/')
                .append(other.topic().text())
                .append(": ")
                .append(other.strategy().word()));
        return words.toString();
    }

    private Stream<ResetStrategy> all() {
        return Stream.concat(Stream.of(general), overrides.stream().map(Override::strategy));
    }
}
