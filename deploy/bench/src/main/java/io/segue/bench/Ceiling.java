package io.segue.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** What the broker takes from Kafka's own {@code ProducerPerformance}: lz4, acks=all, idempotent, large batches. */
final class Ceiling {
    private static final Pattern RATE = Pattern.compile("([0-9.]+) records/sec");

    private final String bootstrap;
    private final String classPath;

    Ceiling(String bootstrap, String classPath) {
        this.bootstrap = bootstrap;
        this.classPath = classPath;
    }

    /** Records per second over the whole run. */
    double run(String topic, int partitions, long records)
            throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPath,
                        "org.apache.kafka.tools.ProducerPerformance",
                        "--topic",
                        topic,
                        "--num-records",
                        Long.toString(records),
                        "--record-size",
                        "1024",
                        "--throughput",
                        "-1",
                        "--producer-props",
                        "bootstrap.servers=" + bootstrap,
                        "acks=all",
                        "batch.size=262144",
                        "linger.ms=10",
                        "compression.type=lz4")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("ProducerPerformance failed:\n" + out);
        }
        double rate = 0;
        for (Matcher found = RATE.matcher(out); found.find(); ) {
            rate = Double.parseDouble(found.group(1));
        }
        return rate;
    }
}
