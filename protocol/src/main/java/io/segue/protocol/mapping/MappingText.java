package io.segue.protocol.mapping;

import io.segue.protocol.mapping.MappedRange.To;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A mapping for people and for spreadsheets. */
public final class MappingText {
    private MappingText() {}

    /**
     * One line for each partition, {@code Partition 0: Source offset 500-1000 → Target offset 0-500}, ranges half-open. A
     * line above names the topic where there is more than one, or another on the target.
     */
    public static List<String> lines(List<MappedRange> ranges) {
        List<String> lines = new ArrayList<>();
        boolean named = ranges.stream().map(MappingText::topics).distinct().count() > 1
                || ranges.stream().anyMatch(MappingText::renamed);
        String heading = "";
        for (MappedRange range : sorted(ranges)) {
            if (named && !topics(range).equals(heading)) {
                heading = topics(range);
                lines.add(heading);
            }
            lines.add(line(range));
        }
        return lines;
    }

    private static String line(MappedRange range) {
        String source =
                "Partition " + range.source().partition() + ": Source offset " + range.from() + "-" + range.end();
        return range.to()
                .map(to -> source + " → Target offset " + to.from() + "-" + to.end() + moved(range, to))
                .orElse(source);
    }

    private static String moved(MappedRange range, To to) {
        return to.target().partition() == range.source().partition()
                ? ""
                : " in partition " + to.target().partition();
    }

    private static String topics(MappedRange range) {
        return "Topic " + range.source().topic()
                + (renamed(range) ? " → " + range.to().orElseThrow().target().topic() : "");
    }

    private static boolean renamed(MappedRange range) {
        return range.to()
                .filter(to -> !to.target().topic().equals(range.source().topic()))
                .isPresent();
    }

    /** A heading and one line for each partition; target columns are empty where the target is not known. */
    public static List<String> csv(List<MappedRange> ranges) {
        List<String> lines = new ArrayList<>();
        lines.add("source_topic,source_partition,source_from,source_end,records,"
                + "target_topic,target_partition,target_from,target_end");
        for (MappedRange range : sorted(ranges)) {
            Optional<To> to = range.to();
            lines.add(String.join(
                    ",",
                    range.source().topic(),
                    Integer.toString(range.source().partition()),
                    Long.toString(range.from()),
                    Long.toString(range.end()),
                    Long.toString(range.records()),
                    to.map(found -> found.target().topic()).orElse(""),
                    to.map(found -> Integer.toString(found.target().partition()))
                            .orElse(""),
                    to.map(found -> Long.toString(found.from())).orElse(""),
                    to.map(found -> Long.toString(found.end())).orElse("")));
        }
        return lines;
    }

    private static List<MappedRange> sorted(List<MappedRange> ranges) {
        return ranges.stream()
                .sorted(Comparator.comparing(MappingText::topics).thenComparing(MappedRange::source))
                .toList();
    }
}
