package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A durable piece of the offset mapping that a restore task emitted, and with its siblings the task's checkpoint.
 *
 * <p>The records of a task are numbered by <em>ordinal</em>: their place, from 0, in the sequence that spec, manifest and
 * plan determine. Target offsets rise with the ordinal, whichever source partition a record comes from.
 *
 * @param firstOrdinal ordinal of its first record
 * @param count its records; the lengths of the runs add up to it
 * @param parts one for each source partition that records of the fragment come from
 * @param resume where reading starts so as to meet {@code firstOrdinal} again
 */
public record Fragment(long firstOrdinal, long count, List<Part> parts, ReadPosition resume) {
    public Fragment {
        parts = List.copyOf(parts);
        long total = parts.stream().mapToLong(Part::records).sum();
        if (total != count || count < 1) {
            throw new IllegalArgumentException(
                    "fragment at ordinal " + firstOrdinal + " counts " + count + " records, its runs " + total);
        }
    }

    /** A fragment whose records all come from one source partition. */
    public static Fragment of(TopicPartition source, long firstOrdinal, List<Run> runs, ReadPosition resume) {
        Part part = new Part(source, runs);
        return new Fragment(firstOrdinal, part.records(), List.of(part), resume);
    }

    /** The records of one source partition: source → target, in order. */
    public record Part(TopicPartition source, List<Run> runs) {
        public Part {
            runs = List.copyOf(runs);
        }

        long records() {
            return runs.stream().mapToLong(Run::length).sum();
        }
    }

    /** A run with the ordinal of its first record. */
    public record Stretch(long ordinal, TopicPartition source, Run run) {
        /** One past the ordinal of its last record. */
        public long end() {
            return ordinal + run.length();
        }
    }

    /** One past the ordinal of the last record. */
    public long endOrdinal() {
        return firstOrdinal + count;
    }

    /** The runs of all parts in the order of their records. */
    public List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        for (Part part : parts) {
            part.runs().forEach(run -> stretches.add(new Stretch(0, part.source(), run)));
        }
        if (parts.size() > 1) {
            stretches.sort(Comparator.comparingLong(stretch -> stretch.run().target()));
        }
        long ordinal = firstOrdinal;
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            stretches.set(i, new Stretch(ordinal, stretch.source(), stretch.run()));
            ordinal += stretch.run().length();
        }
        return stretches;
    }

    /**
     * A place in a task's sequence.
     *
     * @param ordinal of the next record
     * @param inputs one for each of the task's inputs
     */
    public record ReadPosition(long ordinal, List<InputPosition> inputs) {
        public ReadPosition {
            inputs = List.copyOf(inputs);
        }

        /** The start of a task with so many inputs. */
        public static ReadPosition start(int inputs) {
            return new ReadPosition(0, Collections.nCopies(inputs, InputPosition.START));
        }
    }

    /**
     * Where reading of one input goes on.
     *
     * @param segment index in the input's list
     * @param lastOffset highest source offset read before, or −1; records at or below it are repeats
     */
    public record InputPosition(int segment, long lastOffset) {
        public static final InputPosition START = new InputPosition(0, -1);
    }
}
