package io.segue.protocol.mapping;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mapping to look at: how densely its source and its target range are filled, cell by cell, and where groups stand. Taken by
 * lookups, so that it costs the same however many runs there are.
 *
 * @param source percent of the offsets of each cell that were restored, from the first source offset to the last
 * @param target percent of the offsets of each cell that hold records of this source partition
 */
public record MappingDrawing(MappedRange range, List<Integer> source, List<Integer> target, List<Position> positions) {
    private static final int MOST_POSITIONS = 20;
    private static final String SHADES = "·░▒▓█";

    public MappingDrawing {
        source = List.copyOf(source);
        target = List.copyOf(target);
        positions = List.copyOf(positions);
    }

    /** A group: what it had committed on the source, and where it goes on by rule R1. */
    public record Position(String group, long committed, Translation place) {}

    /**
     * Empty if nothing was restored.
     *
     * @param width cells at most
     */
    public static Optional<MappingDrawing> of(OffsetMapping mapping, Collection<GroupCommits> groups, int width) {
        return MappedRange.of(mapping).map(range -> {
            List<Position> positions = new ArrayList<>();
            for (GroupCommits group : groups) {
                GroupCommits.Commit commit = group.commits().get(mapping.source());
                if (commit != null) {
                    positions.add(new Position(group.groupId(), commit.offset(), mapping.translate(commit.offset())));
                }
            }
            MappedRange.To to = range.to().orElseThrow();
            return new MappingDrawing(
                    range,
                    cells(range.from(), range.end(), width, mapping::recordsBelow),
                    cells(to.from(), to.end(), width, mapping::recordsBelowTarget),
                    positions);
        });
    }

    private interface Below {
        long records(long offset);
    }

    private static List<Integer> cells(long from, long end, int width, Below below) {
        List<Integer> cells = new ArrayList<>();
        int count = (int) Math.min(width, end - from);
        long before = 0;
        for (int cell = 0; cell < count; cell++) {
            long start = edge(from, end, count, cell);
            long next = edge(from, end, count, cell + 1);
            long records = below.records(next);
            cells.add((int) Math.round(100.0 * (records - before) / (next - start)));
            before = records;
        }
        return cells;
    }

    /** First offset of a cell; the whole is at most 2⁶³ − 1 offsets wide. */
    private static long edge(long from, long end, int count, int cell) {
        long span = end - from;
        return from + span / count * cell + span % count * cell / count;
    }

    /** For a terminal. */
    public List<String> lines() {
        MappedRange.To to = range.to().orElseThrow();
        int label = Math.max(
                8,
                positions.stream()
                        .mapToInt(position -> position.group().length())
                        .max()
                        .orElse(0));
        int number = Math.max(
                Long.toString(range.from()).length(), Long.toString(to.from()).length());
        List<String> lines = new ArrayList<>();
        lines.add(name(range.source()) + " → " + name(to.target()) + "  " + range.records() + " records, "
                + (range.end() - range.from() - range.records()) + " offsets missing");
        lines.add(bar("source", label, range.from(), number, source, range.end()));
        lines.add(bar("target", label, to.from(), number, target, to.end()));
        positions.stream().limit(MOST_POSITIONS).forEach(position -> lines.add(mark(position, label, number)));
        if (positions.size() > MOST_POSITIONS) {
            lines.add("  and " + (positions.size() - MOST_POSITIONS) + " groups more");
        }
        return lines;
    }

    private static String name(TopicPartition partition) {
        return partition.toString();
    }

    private static String bar(String what, int label, long from, int number, List<Integer> cells, long end) {
        StringBuilder bar =
                new StringBuilder(String.format(Locale.ROOT, "  %-" + label + "s %" + number + "d ", what, from));
        for (int percent : cells) {
            bar.append(shade(percent));
        }
        return bar.append(' ').append(end).toString();
    }

    /** Nothing and everything have a sign of their own. */
    private static char shade(int percent) {
        return percent == 0 ? SHADES.charAt(0) : percent >= 100 ? SHADES.charAt(4) : SHADES.charAt(1 + percent / 34);
    }

    private String mark(Position position, int label, int number) {
        String indent = String.format(Locale.ROOT, "  %-" + label + "s %" + number + "s ", position.group(), "");
        return indent + caret(position.committed()) + "  " + position.committed() + " → " + words(position.place());
    }

    private String caret(long committed) {
        int count = source.size();
        if (committed < range.from()) {
            return "◀" + " ".repeat(count - 1);
        }
        if (committed >= range.end()) {
            return " ".repeat(count - 1) + "▶";
        }
        int cell = 0;
        while (cell + 1 < count && edge(range.from(), range.end(), count, cell + 1) <= committed) {
            cell++;
        }
        return " ".repeat(cell) + "▲" + " ".repeat(count - 1 - cell);
    }

    private static String words(Translation place) {
        return place.position().map(target -> target + " (" + kind(place) + ")").orElse("none");
    }

    /** One word or two for a kind of answer. */
    public static String kind(Translation place) {
        return place instanceof Translation.Exact
                ? "exact"
                : place instanceof Translation.InGap
                        ? "in a gap"
                        : place instanceof Translation.BeforeStart
                                ? "before the start"
                                : place instanceof Translation.PastEnd
                                        ? "past the end"
                                        : place instanceof Translation.LowWater ? "low water" : "none";
    }
}
