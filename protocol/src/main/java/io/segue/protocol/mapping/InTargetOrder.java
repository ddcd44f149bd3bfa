package io.segue.protocol.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** The runs of several mappings into one target partition, merged by target offset; one run of each is held. */
final class InTargetOrder implements Iterator<Run> {
    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparingLong(head -> head.run.target()));

    private record Head(Run run, Iterator<Run> rest) {}

    private InTargetOrder() {}

    static Iterator<Run> of(Collection<? extends OffsetMapping> mappings) {
        InTargetOrder merged = new InTargetOrder();
        mappings.forEach(mapping -> merged.push(mapping.runs().iterator()));
        return merged;
    }

    private void push(Iterator<Run> runs) {
        if (runs.hasNext()) {
            heads.add(new Head(runs.next(), runs));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public Run next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        push(head.rest());
        return head.run();
    }
}
