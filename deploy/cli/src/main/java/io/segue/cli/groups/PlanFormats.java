package io.segue.cli.groups;

import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import io.segue.coordinator.groups.ResetPlanJson;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The forms of a reset plan. Each is written group by group. */
final class PlanFormats {
    private PlanFormats() {}

    enum Format {
        TEXT,
        JSON,
        CSV,
        SHELL_SCRIPT
    }

    /** Takes a plan in. */
    interface Sink extends AutoCloseable {
        void group(GroupPlan group);

        @Override
        void close();
    }

    /** @throws UnusableOptionException if there is no such form */
    static Format parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            case "csv" -> Format.CSV;
            case "shell-script", "shell", "sh", "script" -> Format.SHELL_SCRIPT;
            default ->
                throw new UnusableOptionException("--format is text, json, csv or shell-script, not '" + word + "'");
        };
    }

    static Sink sink(Format format, OutputStream out, PlanOrigin origin) {
        if (format == Format.JSON) {
            ResetPlanJson.Writer writer = new ResetPlanJson.Writer(out, origin);
            return new Sink() {
                @Override
                public void group(GroupPlan group) {
                    writer.group(group);
                }

                @Override
                public void close() {
                    writer.close();
                    line(out).println();
                }
            };
        }
        PrintStream lines = line(out);
        return switch (format) {
            case CSV -> new PlanCsv(lines, origin);
            case SHELL_SCRIPT -> new PlanScript(lines, origin);
            default -> new PlanTable(lines, origin);
        };
    }

    private static PrintStream line(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
