package io.segue.e2e.chaos;

import io.segue.e2e.source.GroupSpec;
import io.segue.e2e.source.Period;
import io.segue.e2e.source.Place;
import io.segue.e2e.source.TopicSpec;
import io.segue.e2e.source.TopicSpec.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one round restores: a topic of each kind, half of them with records of today and half with records of 40 days ago.
 * The first two mixes hold every pair of kind, age and compression; all four hold everything.
 */
enum Mix {
    A(true, false),
    B(false, true),
    C(false, false),
    D(true, true);

    private static final int PARTITIONS = 6;
    private static final int REPARTITIONED = 4;

    private final boolean plainIsOld;
    private final boolean compressed;

    Mix(boolean plainIsOld, boolean compressed) {
        this.plainIsOld = plainIsOld;
        this.compressed = compressed;
    }

    static Mix of(int round) {
        return values()[round % values().length];
    }

    /** As the configuration of a backup writes it. */
    String compression() {
        return compressed ? "zstd" : "none";
    }

    List<TopicSpec> topics(int records) {
        return List.of(
                topic(Kind.ORDERS, PARTITIONS, records * 40 / 100, "plain"),
                topic(Kind.PAYMENTS, PARTITIONS, records * 25 / 100, "repartitioned"),
                topic(Kind.LEDGER, 3, records * 20 / 100, "transactional"),
                topic(Kind.CUSTOMERS, 3, records * 15 / 100, "compacted"));
    }

    private TopicSpec topic(Kind kind, int partitions, int records, String about) {
        return new TopicSpec(prefix() + about, kind, partitions, records, about);
    }

    private String prefix() {
        return "chaos-" + name().toLowerCase(Locale.ROOT) + "-";
    }

    /** Everything that is written with one period at a time. */
    List<TopicSpec> topics(int records, boolean old) {
        return topics(records).stream().filter(topic -> isOld(topic) == old).toList();
    }

    private boolean isOld(TopicSpec topic) {
        boolean likePlain = topic.kind() == Kind.ORDERS || topic.kind() == Kind.LEDGER;
        return likePlain == plainIsOld;
    }

    static Period period(boolean old, long now) {
        return old ? Period.old(now) : Period.recent(now);
    }

    List<GroupSpec> groups() {
        String of = prefix();
        return List.of(
                new GroupSpec(
                        of + "reader",
                        Map.of(
                                of + "plain",
                                List.of(Place.BEGIN, Place.MIDDLE, Place.END, Place.LAST),
                                of + "compacted",
                                List.of(Place.GAP, Place.MIDDLE, Place.END)),
                        "here and there"),
                new GroupSpec(
                        of + "ledger",
                        Map.of(of + "transactional", List.of(Place.GAP, Place.MIDDLE)),
                        "on aborted data"),
                new GroupSpec(
                        of + "across",
                        Map.of(of + "repartitioned", List.of(Place.MIDDLE, Place.LAST)),
                        "partitions change"));
    }

    String repartitioned() {
        return prefix() + "repartitioned";
    }

    /** Lines of a restore's configuration. */
    String restoreLines() {
        return """
                merge_order: cuts
                repartitioning:
                  %s: {target_partitions: %d}
                """.formatted(repartitioned(), REPARTITIONED);
    }

    /** Of that topic on the target. */
    int targetPartitions() {
        return REPARTITIONED;
    }

    String backupId() {
        return "chaos-" + name().toLowerCase(Locale.ROOT);
    }
}
