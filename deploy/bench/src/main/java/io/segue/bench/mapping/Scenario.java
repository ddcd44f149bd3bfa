package io.segue.bench.mapping;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.Run;
import io.segue.protocol.mapping.RunSink;
import java.util.Random;

/**
 * A made-up restore: which source offsets survive, and how many source partitions share the target partition.
 *
 * @param share of the source's offsets that are in this target partition; the others are gaps, each offset by itself
 * @param sources source partitions that take turns at random
 */
record Scenario(String name, double share, int sources) {
    private static final TopicPartition TARGET = new TopicPartition("restored", 0);

    static TopicPartition target() {
        return TARGET;
    }

    /** Gives the runs of so many records, the same every time. */
    void runs(long records, RunSink sink) {
        Random random = new Random(42);
        long[] next = new long[sources];
        TopicPartition[] names = new TopicPartition[sources];
        for (int i = 0; i < sources; i++) {
            names[i] = new TopicPartition("orders", i);
            next[i] = 1_000_000;
        }
        long target = 0;
        while (target < records) {
            int source = sources == 1 ? 0 : random.nextInt(sources);
            long length = share == 1 && sources == 1 ? records : 1 + geometric(random, 1 - stay());
            length = Math.min(length, records - target);
            sink.add(names[source], new Run(next[source], target, length));
            target += length;
            next[source] += length + (share == 1 ? 0 : 1 + geometric(random, share));
        }
    }

    /** The chance that the next record goes on in the same run. */
    private double stay() {
        return share / sources;
    }

    /** Failures before the first success. */
    private static long geometric(Random random, double success) {
        return success >= 1 ? 0 : (long) (Math.log(1 - random.nextDouble()) / Math.log(1 - success));
    }
}
