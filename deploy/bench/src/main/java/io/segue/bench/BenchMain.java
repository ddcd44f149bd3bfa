package io.segue.bench;

import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import io.segue.sandbox.process.ProcessSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Restores an archive from the file system with one worker, beside Kafka's {@code ProducerPerformance} on the same broker, in
 * turns, and prints the ratio of the two, the heap, and where the time went. Times of one machine mean little; the ratio is
 * what to compare.
 */
public final class BenchMain {
    private static final int ROUNDS = 3;

    private BenchMain() {}

    public static void main(String[] args) throws Exception {
        long records = args.length > 0 ? Long.parseLong(args[0]) : 300_000;
        int partitions = args.length > 1 ? Integer.parseInt(args[1]) : 6;
        Path directory = Files.createTempDirectory("segue-bench-");
        SandboxOptions options = SandboxOptions.defaults()
                .withoutTarget()
                .withSource(ClusterOptions.of(1).withHeap(768));
        try (Sandbox sandbox = ProcessSandbox.start(options)) {
            String bootstrap = sandbox.source().bootstrapServers();
            System.out.printf("Archive: %d records of 1 KiB in %d partitions, zstd%n", records, partitions);
            SyntheticArchive.write(directory.resolve("backups"), records, partitions);
            Ceiling ceiling = new Ceiling(bootstrap, sandbox.kafkaToolsClassPath());
            MeasuredRestore restore = new MeasuredRestore(bootstrap, directory);
            Figures figures = new Figures();
            for (int round = 1; round <= ROUNDS; round++) {
                double produced = ceiling.run("ceiling-" + round, partitions, records);
                MeasuredRestore.Result restored = restore.run("restored-" + round, partitions);
                figures.round(round, produced, restored);
            }
            figures.print();
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
