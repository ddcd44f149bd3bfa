package io.segue.e2e.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What distinguishes the records of a target partition from those of its source. An altered record counts as one lost and
 * one foreign.
 *
 * @param expected records of the source
 * @param lost on the source and not on the target
 * @param duplicates more copies than the source has
 * @param foreign on the target and not on the source
 * @param moved places that hold another record than on the source, after the above are taken out
 * @param findings the first of each, in words
 */
public record Comparison(long expected, long lost, long duplicates, long foreign, long moved, List<String> findings) {
    public static final Comparison NONE = new Comparison(0, 0, 0, 0, 0, List.of());
    private static final int MOST_FINDINGS = 20;

    /** @param where for the findings */
    public static Comparison of(String where, List<Seen> source, List<Seen> target) {
        Map<Fingerprint, Integer> wanted = new HashMap<>();
        source.forEach(each -> wanted.merge(each.fingerprint(), 1, Integer::sum));
        Map<Fingerprint, Integer> left = new HashMap<>(wanted);
        List<Seen> kept = new ArrayList<>();
        List<Seen> duplicates = new ArrayList<>();
        List<Seen> foreign = new ArrayList<>();
        for (Seen each : target) {
            int open = left.getOrDefault(each.fingerprint(), 0);
            if (open > 0) {
                left.put(each.fingerprint(), open - 1);
                kept.add(each);
            } else if (wanted.containsKey(each.fingerprint())) {
                duplicates.add(each);
            } else {
                foreign.add(each);
            }
        }
        List<Seen> lost = new ArrayList<>();
        List<Seen> present = new ArrayList<>();
        for (Seen each : source) {
            int missing = left.getOrDefault(each.fingerprint(), 0);
            if (missing > 0) {
                left.put(each.fingerprint(), missing - 1);
                lost.add(each);
            } else {
                present.add(each);
            }
        }
        List<Seen> moved = moved(present, kept);
        return new Comparison(
                source.size(),
                lost.size(),
                duplicates.size(),
                foreign.size(),
                moved.size(),
                Stream.of(
                                first(where, "lost: the record at source offset ", lost),
                                first(where, "there more than once: the record at target offset ", duplicates),
                                first(where, "not from the source: the record at target offset ", foreign),
                                first(where, "out of order: the record at target offset ", moved))
                        .flatMap(List::stream)
                        .toList());
    }

    public boolean exact() {
        return lost == 0 && duplicates == 0 && foreign == 0 && moved == 0;
    }

    public Comparison plus(Comparison other) {
        return new Comparison(
                expected + other.expected,
                lost + other.lost,
                duplicates + other.duplicates,
                foreign + other.foreign,
                moved + other.moved,
                Stream.concat(findings.stream(), other.findings.stream())
                        .limit(MOST_FINDINGS)
                        .toList());
    }

    /** Records of the target that stand where the source has another one; both lists hold the same records. */
    private static List<Seen> moved(List<Seen> present, List<Seen> kept) {
        List<Seen> moved = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            if (!present.get(i).fingerprint().equals(kept.get(i).fingerprint())) {
                moved.add(kept.get(i));
            }
        }
        return moved;
    }

    private static List<String> first(String where, String what, List<Seen> list) {
        return list.isEmpty()
                ? List.of()
                : List.of(where + ": " + what + list.get(0).offset()
                        + (list.size() == 1 ? "" : " and " + (list.size() - 1) + " more"));
    }
}
