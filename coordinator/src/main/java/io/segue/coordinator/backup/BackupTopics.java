package io.segue.coordinator.backup;

import io.segue.protocol.config.BackupConfig;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which topics a backup takes.
 *
 * @param topics in the order of their names
 * @param missing names that the configuration includes literally and that the cluster does not have
 */
record BackupTopics(List<Topic> topics, List<String> missing) {
    BackupTopics {
        topics = List.copyOf(topics);
        missing = List.copyOf(missing);
    }

    /** Include (empty: all), then exclude, which wins; internal topics only where they are asked for. */
    static BackupTopics of(Collection<Topic> all, TopicFilter filter, BackupConfig config) {
        List<Glob> include = filter.include().stream().map(Glob::new).toList();
        List<Glob> exclude = filter.exclude().stream().map(Glob::new).toList();
        Set<String> names = all.stream().map(Topic::name).collect(Collectors.toSet());
        return new BackupTopics(
                all.stream()
                        .filter(topic -> include.isEmpty() || any(include, topic))
                        .filter(topic -> !any(exclude, topic))
                        .filter(topic -> !topic.internal() || takesInternal(config, topic))
                        .sorted(Comparator.comparing(Topic::name))
                        .toList(),
                include.stream()
                        .filter(glob -> glob.literal() && !names.contains(glob.pattern()))
                        .map(Glob::pattern)
                        .sorted()
                        .toList());
    }

    private static boolean takesInternal(BackupConfig config, Topic topic) {
        return config.includeInternalTopics()
                && (config.internalTopics().isEmpty() || config.internalTopics().contains(topic.name()));
    }

    private static boolean any(List<Glob> globs, Topic topic) {
        return globs.stream().anyMatch(glob -> glob.matches(topic.name()));
    }
}
