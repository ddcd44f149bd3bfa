package io.segue.e2e.chaos;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The command line of a chaos run.
 *
 * @param seed of the first round; each further round has the next one
 * @param rounds how many at most
 * @param minutes no round begins after so many
 * @param records that each round restores, about
 * @param kafkaBackup the command to run
 */
record ChaosOptions(long seed, int rounds, int minutes, int records, Path kafkaBackup) {
    static final String USAGE = """
            usage: deploy/chaos [options]

            Restores topics on a fleet, round after round, while processes, brokers, the network and the object store fail by a
            seeded schedule, and checks every record and every group with plain Kafka clients. Four rounds are the full matrix:
            records of today and of 40 days ago × archives compressed and not × topics plain, repartitioned, compacted,
            transactional.

              --seed N       of the first round; the next rounds have the next numbers (default: the time)
              --rounds N     how many rounds at most (default 4)
              --minutes N    begin no round after so many minutes (default: no limit)
              --records N    records of a round, 8000 to 10000000 (default 40000)
              --no-build     do not build first
              --help         show this
            """;
    private static final int NO_LIMIT = 7 * 24 * 60;

    /** A command line that makes no sense. The message says which part and why. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;

        Bad(String message) {
            super(message);
        }
    }

    static ChaosOptions parse(List<String> args, long now) throws Bad {
        ChaosOptions options = new ChaosOptions(now, 4, NO_LIMIT, 40_000, Path.of("deploy", "kafka-backup"));
        boolean roundsGiven = false;
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String flag = rest.remove();
            switch (flag) {
                case "--seed" -> options = options.seeded(number(flag, rest, 0, Long.MAX_VALUE));
                case "--rounds" -> {
                    roundsGiven = true;
                    options = options.limited((int) number(flag, rest, 1, 1_000_000), options.minutes());
                }
                case "--minutes" ->
                    options = options.limited(
                            roundsGiven ? options.rounds() : Integer.MAX_VALUE, (int) number(flag, rest, 1, NO_LIMIT));
                case "--records" ->
                    options = new ChaosOptions(
                            options.seed(),
                            options.rounds(),
                            options.minutes(),
                            (int) number(flag, rest, 8_000, 10_000_000),
                            options.kafkaBackup());
                case "--kafka-backup" ->
                    options = new ChaosOptions(
                            options.seed(),
                            options.rounds(),
                            options.minutes(),
                            options.records(),
                            Path.of(value(flag, rest)));
                default -> throw new Bad("unknown option " + flag);
            }
        }
        return options;
    }

    private ChaosOptions seeded(long other) {
        return new ChaosOptions(other, rounds, minutes, records, kafkaBackup);
    }

    private ChaosOptions limited(int most, int time) {
        return new ChaosOptions(seed, most, time, records, kafkaBackup);
    }

    private static long number(String flag, Deque<String> rest, long least, long most) throws Bad {
        String text = value(flag, rest);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Bad(flag + " takes a number, not " + text);
        }
        throw new Bad(flag + " takes " + least + " to " + most + ", not " + text);
    }

    private static String value(String flag, Deque<String> rest) throws Bad {
        if (rest.isEmpty()) {
            throw new Bad(flag + " needs a value");
        }
        return rest.remove();
    }
}
