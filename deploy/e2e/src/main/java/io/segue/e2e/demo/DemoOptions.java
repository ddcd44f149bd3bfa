package io.segue.e2e.demo;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The command line of the demo.
 *
 * @param records to write to the source
 * @param keep the sandbox stays up at the end
 * @param kafkaBackup the command to run
 */
record DemoOptions(int records, boolean keep, Path kafkaBackup) {
    /** A restore of fewer may end before a worker and the coordinator are killed; the test of the demo takes as many. */
    static final int FEWEST_RECORDS = 240_000;

    static final int MOST_RECORDS = 10_000_000;
    static final String USAGE = """
            usage: deploy/demo [options]

            Backs up a Kafka cluster with a fleet, restores it, kills a worker and the coordinator on the way, and checks
            every record and every group.

              --keep         leave the clusters up at the end, until Ctrl-C
              --records N    records to write to the source, at least 240000 (default 320000)
              --no-build     do not build first
              --help         show this
            """;

    /** A command line that makes no sense. The message says which part and why. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;

        Bad(String message) {
            super(message);
        }
    }

    static DemoOptions parse(List<String> args) throws Bad {
        DemoOptions options = new DemoOptions(320_000, false, Path.of("deploy", "kafka-backup"));
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String flag = rest.remove();
            options = switch (flag) {
                case "--keep" -> new DemoOptions(options.records(), true, options.kafkaBackup());
                case "--records" -> new DemoOptions(number(flag, rest), options.keep(), options.kafkaBackup());
                case "--kafka-backup" -> new DemoOptions(options.records(), options.keep(), Path.of(value(flag, rest)));
                default -> throw new Bad("unknown option " + flag);
            };
        }
        return options;
    }

    private static int number(String flag, Deque<String> rest) throws Bad {
        String text = value(flag, rest);
        try {
            int number = Integer.parseInt(text);
            if (number >= FEWEST_RECORDS && number <= MOST_RECORDS) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Bad(flag + " takes a number, not " + text);
        }
        throw new Bad(flag + " takes " + FEWEST_RECORDS + " to " + MOST_RECORDS + ", not " + text
                + ": a restore of fewer ends before there is anything to kill");
    }

    private static String value(String flag, Deque<String> rest) throws Bad {
        if (rest.isEmpty()) {
            throw new Bad(flag + " needs a value");
        }
        return rest.remove();
    }
}
