package io.segue.cli.progress;

import io.segue.protocol.text.Units;
import java.time.Duration;
import java.util.Locale;

/** One line that says how far something is. */
final class ProgressLine {
    private static final int BAR = 24;

    private ProgressLine() {}

    /**
     * @param bytesPerSecond 0 if unknown
     * @param secondsLeft negative if unknown
     */
    static String format(Progress progress, double bytesPerSecond, double secondsLeft) {
        StringBuilder line = new StringBuilder(progress.doing());
        if (progress.hasTotal()) {
            line.append(String.format(Locale.ROOT, "  %3.0f%%", Math.floor(progress.fraction() * 100)));
        }
        line.append("  ");
        if (progress.totalRecords() > 0) {
            line.append(Units.count(progress.records()))
                    .append(" of ")
                    .append(Units.count(progress.totalRecords(), "record"));
        } else {
            line.append(Units.count(progress.records(), "record"));
        }
        line.append("  ").append(Units.bytes(Math.round(bytesPerSecond))).append("/s");
        if (progress.hasTotal() && progress.fraction() < 1) {
            boolean known = secondsLeft >= 0 && secondsLeft < 1e8;
            line.append("  ETA ").append(known ? Units.duration(Duration.ofSeconds(Math.round(secondsLeft))) : "?");
        }
        return line.toString();
    }

    /** The same with a bar in front, cut to the width of a terminal. */
    static String withBar(Progress progress, double bytesPerSecond, double secondsLeft, int width) {
        String line = format(progress, bytesPerSecond, secondsLeft);
        if (progress.hasTotal()) {
            int filled = (int) (progress.fraction() * BAR);
            line = "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + line;
        }
        // The last column stays free: writing it would make some terminals begin a new line.
        return line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
    }
}
