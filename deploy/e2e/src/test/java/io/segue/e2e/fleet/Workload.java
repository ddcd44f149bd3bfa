package io.segue.e2e.fleet;

import io.segue.e2e.Archives;
import io.segue.e2e.Oracle;
import io.segue.protocol.segment.SegmentCompression;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.store.ObjectStore;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.faults.Fault;
import io.segue.sandbox.faults.FaultRule;
import io.segue.sandbox.faults.InjectedFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** An archive on the sandbox's S3 whose every byte is known, its restore configuration, and the check of the target. */
final class Workload {
    private final String name;
    private final Map<String, Map<Integer, List<SegmentRecord>>> topics = new TreeMap<>();
    private final Map<String, Map<String, Map<Integer, Long>>> groups = new HashMap<>();
    private final long firstTimestamp;
    private int perSegment = 2_000;

    /** @param ageInDays of the records: brokers forget producers by the age of what they wrote */
    Workload(String name, int ageInDays) {
        this.name = name;
        this.firstTimestamp = Instant.now().minus(Duration.ofDays(ageInDays)).toEpochMilli();
    }

    /** Stores so many records to a segment. */
    Workload segments(int records) {
        perSegment = records;
        return this;
    }

    /** Adds partitions 0 to {@code partitions − 1} with so many records each; every tenth source offset is a gap. */
    Workload topic(String topic, int partitions, int records) {
        for (int partition = 0; partition < partitions; partition++) {
            partition(topic, partition, records);
        }
        return this;
    }

    Workload partition(String topic, int partition, int records) {
        List<SegmentRecord> all = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            String text = topic + "/" + partition + "/" + i;
            all.add(Archives.record(1_000 + i + i / 10, firstTimestamp + i, "k" + i % 50, text + "x".repeat(200)));
        }
        topics.computeIfAbsent(topic, any -> new TreeMap<>()).put(partition, all);
        return this;
    }

    /** A group that has read so many records of every partition of a topic. */
    Workload group(String group, String topic, int read) {
        Map<Integer, Long> commits = new TreeMap<>();
        of(topic)
                .forEach((partition, records) -> commits.put(
                        partition, read < records.size() ? records.get(read).offset() : 1_000_000));
        groups.computeIfAbsent(group, any -> new TreeMap<>()).put(topic, commits);
        return this;
    }

    Map<Integer, List<SegmentRecord>> of(String topic) {
        return topics.getOrDefault(topic, Map.of());
    }

    /** Stores the archive and returns the configuration of its restore. */
    Path write(Path directory, String restore) throws IOException {
        S3Endpoint s3 = SharedFleet.sandbox().s3();
        try (ObjectStore store = SharedFleet.store("fleet-backups")) {
            Archives archive = new Archives(store, name);
            for (var topic : topics.entrySet()) {
                for (var partition : topic.getValue().entrySet()) {
                    archive.partition(
                            topic.getKey(),
                            partition.getKey(),
                            SegmentCompression.ZSTD,
                            perSegment,
                            partition.getValue());
                }
            }
            archive.groups(groups).write();
        }
        String lines = restore
                + (groups.isEmpty()
                        ? ""
                        : "reset_consumer_offsets: true\nconsumer_groups: [" + String.join(", ", groups.keySet())
                                + "]\n");
        return Files.writeString(directory.resolve(name + ".yaml"), """
                mode: restore
                backup_id: %s
                target:
                  bootstrap_servers: ["%s"]
                storage:
                  backend: s3
                  bucket: %s
                  prefix: fleet-backups
                  region: %s
                  endpoint: %s
                  allow_http: true
                restore:
                  batch_compression: lz4
                %s""".formatted(
                        name,
                        SharedFleet.bootstrap().replace(",", "\", \""),
                        s3.bucket(),
                        s3.region(),
                        s3.endpoint(),
                        lines.indent(2)));
    }

    /** Until it is closed, every read of a segment takes a while, so that a restore lasts on a fast machine too. */
    InjectedFault slowly() {
        return slowly(Duration.ofSeconds(1));
    }

    InjectedFault slowly(Duration each) {
        FaultRule slow = FaultRule.always(new Fault.Delay(each));
        return SharedFleet.sandbox()
                .s3()
                .faults()
                .inject(slow.onMethod("GET").onKey("fleet-backups/" + name + "/topics/"));
    }

    /** Every partition that holds records, as its target has it. */
    Set<TopicPartition> partitions() {
        Set<TopicPartition> all = new HashSet<>();
        topics.forEach((topic, partitions) ->
                partitions.keySet().forEach(partition -> all.add(new TopicPartition(topic, partition))));
        return all;
    }

    long records() {
        return topics.values().stream()
                .flatMap(partitions -> partitions.values().stream())
                .mapToLong(List::size)
                .sum();
    }

    /** Every record once, byte for byte, in order, for consumers of either isolation level. */
    void assertExact() {
        for (String isolation : List.of("read_uncommitted", "read_committed")) {
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = read(partitions(), isolation);
            for (TopicPartition partition : partitions()) {
                List<SegmentRecord> wanted = of(partition.topic()).getOrDefault(partition.partition(), List.of());
                try {
                    Oracle.assertSame(wanted, found.getOrDefault(partition, List.of()));
                } catch (AssertionError e) {
                    throw new AssertionError(isolation + " consumer on " + partition + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read(
            Collection<TopicPartition> partitions, String isolation) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                SharedFleet.bootstrap(),
                "isolation.level",
                isolation,
                "max.poll.records",
                "20000");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(500))
                        .forEach(record -> found.computeIfAbsent(
                                        new TopicPartition(record.topic(), record.partition()),
                                        any -> new ArrayList<>())
                                .add(record));
            }
        }
        return found;
    }
}
