package io.segue.coordinator.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.TreeSet;

/** Tasks that wait for an attempt: by the broker that leads their target, largest first; some of them not before a time. */
final class Waiting {
    private static final Comparator<Work> LARGEST_FIRST = Comparator.<Work>comparingLong(work -> work.task.weight())
            .reversed()
            .thenComparing(work -> work.index);

    private final Map<Integer, NavigableSet<Work>> byLeader = new HashMap<>();
    private final PriorityQueue<Work> later =
            new PriorityQueue<>(Comparator.<Work>comparingLong(work -> work.notBefore));

    void add(Work work) {
        later.add(work);
    }

    boolean isEmpty() {
        return later.isEmpty() && byLeader.isEmpty();
    }

    /** Tasks that may go now. */
    int ready(long now) {
        while (!later.isEmpty() && later.element().notBefore <= now) {
            Work work = later.remove();
            byLeader.computeIfAbsent(work.destination.leader(), leader -> new TreeSet<>(LARGEST_FIRST))
                    .add(work);
        }
        return byLeader.values().stream().mapToInt(NavigableSet::size).sum();
    }

    /** The largest of each leader. */
    List<Work> largest(int perLeader) {
        List<Work> largest = new ArrayList<>();
        byLeader.values().forEach(works -> works.stream().limit(perLeader).forEach(largest::add));
        return largest;
    }

    void remove(Work work) {
        NavigableSet<Work> works = byLeader.get(work.destination.leader());
        if (works != null && works.remove(work) && works.isEmpty()) {
            byLeader.remove(work.destination.leader());
        }
    }
}
