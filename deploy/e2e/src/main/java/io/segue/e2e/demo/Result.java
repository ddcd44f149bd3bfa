package io.segue.e2e.demo;

import io.segue.e2e.demo.RestoreAct.Death;
import io.segue.e2e.proof.Comparison;
import io.segue.e2e.proof.Proof;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the demo ended.
 *
 * @param records that the restore had to write
 * @param bytes of their keys, values and headers
 * @param deaths processes that were killed, and what was on the target then
 * @param seconds from the first record on the target to the last
 */
record Result(
        long records, int partitions, long bytes, List<Death> deaths, double seconds, Proof proof, String elapsed) {
    boolean exact() {
        return proof.exact();
    }

    String table() {
        Comparison sum = proof.sum();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("records", Story.count(records) + " in " + partitions + " partitions");
        rows.put(
                "restored",
                String.format(
                        Locale.ROOT,
                        "%.0f MB in %.0f s, %.1f MB/s",
                        bytes / 1e6,
                        seconds,
                        bytes / 1e6 / Math.max(1, seconds)));
        deaths.forEach(death -> rows.put(death.name(), "killed at " + death.records() * 100 / records + " %"));
        rows.put("lost", Story.count(sum.lost()));
        rows.put("duplicates", Story.count(sum.duplicates()));
        rows.put("altered", Story.count(sum.foreign()));
        rows.put("out of order", Story.count(sum.moved()));
        rows.put("groups exact", proof.exactGroups() + "/" + proof.groupCount());
        rows.put("elapsed", elapsed.strip());
        int left = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        int right = rows.values().stream().mapToInt(String::length).max().orElse(0);
        String line = "+" + "-".repeat(left + 2) + "+" + "-".repeat(right + 2) + "+";
        StringBuilder table = new StringBuilder(line).append('\n');
        rows.forEach((name, value) -> table.append("| ")
                .append(name)
                .append(" ".repeat(left - name.length()))
                .append(" | ")
                .append(value)
                .append(" ".repeat(right - value.length()))
                .append(" |\n"));
        return table.append(line).toString();
    }

    List<String> findings() {
        return proof.findings();
    }
}
