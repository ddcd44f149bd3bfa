package io.segue.cli.groups;

import io.segue.protocol.config.OffsetResetConfig;
import io.segue.protocol.config.OffsetResetConfig.Strategy;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where new offsets come from. */
final class StrategyOptions {
    private static final String WORDS =
            Stream.of(Strategy.values()).map(Strategy::word).collect(Collectors.joining(", "));
    private static final Pattern SPECIAL = Pattern.compile("([^/=]+)(?:/([^/=]+))?=([a-z-]+)(?::([0-9]+))?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--strategy",
            paramLabel = "STRATEGY",
            description =
                    "header-based (read the headers of the restored records), from-mapping (what the restore"
                            + " recorded), timestamp, earliest, latest or offset. Default: that of --config, else from-mapping.")
    private Optional<String> strategy = Optional.empty();

    @Option(
            names = "--timestamp",
            paramLabel = "MILLIS",
            description = "For --strategy timestamp: the first record at or after it, milliseconds since 1970.")
    private Optional<Long> timestamp = Optional.empty();

    @Option(names = "--offset", paramLabel = "OFFSET", description = "For --strategy offset.")
    private Optional<Long> offset = Optional.empty();

    @Option(
            names = "--special",
            paramLabel = "GROUP[/TOPIC]=STRATEGY[:VALUE]",
            description = "Another strategy for the groups and topics that match, such as 'audit-*=earliest' or"
                    + " 'billing/orders=timestamp:1701421200000'; may be repeated, the first that matches counts.")
    private List<String> specials = List.of();

    @Option(
            names = "--source-cluster",
            paramLabel = "ID",
            description = "Id of the source cluster: only its headers count, and a mapping must be of it.")
    private Optional<String> sourceCluster = Optional.empty();

    @Option(
            names = "--scan-all-partitions",
            description = "For header-based: look for the records of a source partition in every target partition;"
                    + " required where their number changed.")
    private boolean scanAllPartitions;

    @Option(
            names = "--topic-mapping",
            paramLabel = "SOURCE=TARGET",
            split = ",",
            description = "Topics that have another name on the target; may be repeated.")
    private Map<String, String> topicMapping = new HashMap<>();

    @Option(
            names = {"--topics", "--topic"},
            split = ",",
            paramLabel = "TOPIC",
            description = "Only these topics, by source or target name. Default: all on which a group has offsets.")
    private List<String> topics = List.of();

    @Option(
            names = "--no-mapping",
            paramLabel = "earliest|latest|skip|refuse",
            description = "Where nothing was restored of a partition. Default: refuse.")
    private Optional<NoAnswerPolicy> noAnswer = Optional.empty();

    @Option(
            names = "--allow-partial-groups",
            description =
                    "Reset what has an answer, though other partitions of the topic are left to auto.offset.reset.")
    private boolean allowPartial;

    /** A strategy as it was written, before anything was read for it. */
    record Asked(Strategy strategy, Optional<Long> value) {}

    /** One {@code --special}. */
    record AskedFor(String group, String topic, Asked asked) {}

    /** Flags first, then the file. */
    Asked general(Optional<OffsetResetConfig> config) {
        Optional<Strategy> chosen = strategy.map(this::word).or(() -> config.map(OffsetResetConfig::strategy));
        Asked asked = asked(
                chosen.orElse(Strategy.FROM_MAPPING),
                timestamp.or(() -> config.flatMap(OffsetResetConfig::timestamp)),
                offset.or(() -> config.flatMap(OffsetResetConfig::offset)));
        if (timestamp.isPresent() && asked.strategy() != Strategy.TIMESTAMP) {
            throw wrong("--timestamp contradicts --strategy " + asked.strategy().word());
        }
        if (offset.isPresent() && asked.strategy() != Strategy.OFFSET) {
            throw wrong("--offset contradicts --strategy " + asked.strategy().word());
        }
        return asked;
    }

    private Asked asked(Strategy chosen, Optional<Long> time, Optional<Long> place) {
        return switch (chosen) {
            case TIMESTAMP -> new Asked(chosen, Optional.of(needed(time, "--timestamp", chosen)));
            case OFFSET -> new Asked(chosen, Optional.of(needed(place, "--offset", chosen)));
            default -> new Asked(chosen, Optional.empty());
        };
    }

    private long needed(Optional<Long> value, String flag, Strategy chosen) {
        long found = value.orElseThrow(() -> wrong("--strategy " + chosen.word() + " needs " + flag));
        if (found < 0) {
            throw wrong(flag + " " + found + " is negative");
        }
        return found;
    }

    private Strategy word(String text) {
        return Stream.of(Strategy.values())
                .filter(known -> known.word().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong("--strategy is one of " + WORDS + ", not '" + text + "'"));
    }

    List<AskedFor> specials() {
        List<AskedFor> all = new ArrayList<>();
        for (String text : specials) {
            Matcher parts = SPECIAL.matcher(text);
            if (!parts.matches()) {
                throw wrong("--special is GROUP[/TOPIC]=STRATEGY[:VALUE], not '" + text + "'");
            }
            Optional<Long> value = Optional.ofNullable(parts.group(4)).map(Long::parseLong);
            all.add(new AskedFor(
                    parts.group(1),
                    Optional.ofNullable(parts.group(2)).orElse("*"),
                    asked(word(parts.group(3)), value, value)));
        }
        return all;
    }

    Optional<String> sourceCluster(Optional<OffsetResetConfig> config) {
        return sourceCluster.or(() -> config.flatMap(OffsetResetConfig::sourceCluster));
    }

    boolean scanAllPartitions(Optional<OffsetResetConfig> config) {
        return scanAllPartitions
                || config.filter(OffsetResetConfig::scanAllPartitions).isPresent();
    }

    Map<String, String> topicMapping() {
        return topicMapping;
    }

    Set<String> topics() {
        return Set.copyOf(topics);
    }

    Optional<NoAnswerPolicy> noAnswer() {
        return noAnswer;
    }

    boolean allowPartial() {
        return allowPartial;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
