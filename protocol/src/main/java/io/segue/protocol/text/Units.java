package io.segue.protocol.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them; sizes in powers of 1000. */
public final class Units {
    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Units() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 topic}, {@code 2 topics}. */
    public static String count(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** {@code 34 B}, {@code 1.2 MB}. */
    public static String bytes(long bytes) {
        double shown = bytes;
        int unit = 0;
        while (shown >= 999.95 && unit < SIZES.length - 1) {
            shown /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", shown, SIZES[unit]);
    }

    /** {@code 0:42}, {@code 1:02:03}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** Milliseconds in their largest whole unit: {@code 7 days}, {@code 36 hours}, {@code 800 ms}. */
    public static String period(long millis) {
        long[] lengths = {86_400_000, 3_600_000, 60_000, 1_000};
        String[] names = {"day", "hour", "minute", "second"};
        for (int i = 0; i < lengths.length; i++) {
            boolean whole = millis > 0 && millis % lengths[i] == 0;
            if (whole) {
                return count(millis / lengths[i], names[i]);
            }
        }
        return count(millis) + " ms";
    }

    /** Epoch milliseconds in UTC, to the second. */
    public static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }
}
