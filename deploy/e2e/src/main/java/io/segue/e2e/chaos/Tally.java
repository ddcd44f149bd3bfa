package io.segue.e2e.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All rounds together. */
final class Tally {
    private final Map<String, Integer> faults = new TreeMap<>();
    private int rounds;
    private int exact;
    private int resumes;
    private long records;

    void add(Round.Outcome outcome) {
        rounds++;
        exact += outcome.proof().exact() ? 1 : 0;
        resumes += outcome.resumes();
        records += outcome.records();
        // a victim's number is of no interest here
        outcome.strikes().forEach(name -> faults.merge(name.replaceAll("[- ]?\\d+$", ""), 1, Integer::sum));
    }

    boolean exact() {
        return rounds > 0 && exact == rounds;
    }

    String words() {
        int all = faults.values().stream().mapToInt(Integer::intValue).sum();
        return String.format(
                "%s: %d of %d rounds exact, %,d records, %d faults, %d resumes%n  %s",
                exact() ? "EXACT" : "NOT EXACT",
                exact,
                rounds,
                records,
                all,
                resumes,
                faults.entrySet().stream()
                        .map(fault -> fault.getKey() + " " + fault.getValue())
                        .collect(Collectors.joining(", ")));
    }
}
