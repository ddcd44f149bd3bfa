package io.segue.bench;

import java.util.ArrayList;
import java.util.List;

/** Collects the rounds and prints them: each restore against the ceiling measured just before it. */
final class Figures {
    private final List<Double> ratios = new ArrayList<>();
    private final List<MeasuredRestore.Result> restores = new ArrayList<>();

    void round(int round, double ceiling, MeasuredRestore.Result restore) {
        double ratio = restore.recordsPerSecond() / ceiling;
        ratios.add(ratio);
        restores.add(restore);
        System.out.printf(
                "Round %d: ProducerPerformance %,.0f records/s, restore %,.0f records/s, ratio %.2f, heap %d MB%n",
                round,
                ceiling,
                restore.recordsPerSecond(),
                ratio,
                restore.recording().heapBytes() >> 20);
    }

    void print() {
        List<Double> sorted = ratios.stream().sorted().toList();
        System.out.printf("Median ratio: %.2f%n", sorted.get(sorted.size() / 2));
        System.out.println("Where the restore's samples were taken (last round):");
        restores.get(restores.size() - 1).recording().top().forEach(line -> System.out.println("  " + line));
    }
}
