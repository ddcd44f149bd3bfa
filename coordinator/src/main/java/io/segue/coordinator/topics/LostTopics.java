package io.segue.coordinator.topics;

import io.segue.protocol.job.JobEvent.TopicReady;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Topics that a job made ready and that are not there any more: what it wrote is lost with them, the rest goes on. */
public final class LostTopics {
    private LostTopics() {}

    /** Why, by topic. */
    public static Map<String, String> of(KafkaCluster target, Collection<TopicReady> ready) {
        Map<String, Topic> now =
                target.topics(ready.stream().map(TopicReady::topic).toList());
        Map<String, String> lost = new TreeMap<>();
        for (TopicReady topic : ready) {
            Topic found = now.get(topic.topic());
            if (found == null) {
                lost.put(topic.topic(), reason(topic, "was deleted since the job began (id " + topic.topicId() + ")"));
            } else if (!found.topicId().equals(topic.topicId())) {
                lost.put(
                        topic.topic(),
                        reason(
                                topic,
                                "was deleted and made again since the job began (id " + topic.topicId() + " then, "
                                        + found.topicId() + " now)"));
            }
        }
        return lost;
    }

    private static String reason(TopicReady topic, String what) {
        return "target topic " + topic.topic() + " " + what + ", and what this job wrote to it is lost";
    }
}
