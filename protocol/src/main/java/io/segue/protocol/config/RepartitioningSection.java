package io.segue.protocol.config;

import io.segue.protocol.config.RestoreConfig.Repartitioning;
import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.Values;
import java.util.List;

/** {@code restore.repartitioning.<target topic>:}. */
final class RepartitioningSection {
    static final int MOST_PARTITIONS = 1_000_000;

    static final Key<String> STRATEGY = Key.of(
                    "strategy",
                    Types.words("murmur2", "automatic"),
                    "`murmur2`: by key, as the Java client does. The peer's `automatic`, in turn, is refused.")
            .or("murmur2");
    static final Key<Integer> TARGET_PARTITIONS = Key.of(
                    "target_partitions", Types.smallInteger(1, MOST_PARTITIONS), "Partitions of the target topic.")
            .required();
    static final Key<Boolean> ANY_PARTITIONER = Key.of(
                    "any_partitioner",
                    Types.flag(),
                    "The source's records are not where the Java client's default partitioner puts them: every target"
                            + " partition reads all of the source. Segue's own key.")
            .or(false);

    static final Section<Repartitioning> SECTION = new Section<>(
            List.of(STRATEGY, TARGET_PARTITIONS, ANY_PARTITIONER),
            RepartitioningSection::check,
            RepartitioningSection::build);

    private RepartitioningSection() {}

    private static void check(Values values) {
        if (values.get(STRATEGY).equals("automatic")) {
            values.error(
                    STRATEGY,
                    "automatic spreads the records of one key over all partitions",
                    "write murmur2, or leave it");
        }
    }

    private static Repartitioning build(Values values) {
        return new Repartitioning(values.get(TARGET_PARTITIONS), values.get(ANY_PARTITIONER));
    }
}
