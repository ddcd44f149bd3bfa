package io.segue.e2e.proof;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** The settings that topics have of their own. */
final class TopicSettings {
    private TopicSettings() {}

    /** Retention and compaction, held back during the restore, have to be what they are on the source. */
    static List<String> differences(String source, String target, Set<String> topics) throws InterruptedException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> there = own(source, resources);
        Map<String, Map<String, String>> here = own(target, resources);
        return there.entrySet().stream()
                .filter(topic -> !topic.getValue().equals(here.get(topic.getKey())))
                .map(topic -> "topic " + topic.getKey() + ": settings " + here.get(topic.getKey()) + ", on the source "
                        + topic.getValue())
                .toList();
    }

    private static Map<String, Map<String, String>> own(String bootstrap, List<ConfigResource> resources)
            throws InterruptedException {
        try (Admin admin = Clients.admin(bootstrap)) {
            Map<ConfigResource, Config> all =
                    Clients.await(admin.describeConfigs(resources).all());
            return all.entrySet().stream()
                    .collect(Collectors.toMap(each -> each.getKey().name(), each -> own(each.getValue())));
        }
    }

    private static Map<String, String> own(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
