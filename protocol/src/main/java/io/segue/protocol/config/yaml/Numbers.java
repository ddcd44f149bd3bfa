package io.segue.protocol.config.yaml;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whole numbers as YAML 1.2 writes them, and what was probably meant by what is none. */
final class Numbers {
    private static final Pattern UNIT = Pattern.compile("(\\d{1,9})\\s*([KkMmGg])(i?)[Bb]?");
    private static final Pattern POWER = Pattern.compile("\\d{1,9}(\\.\\d+)?[eE]\\d{1,2}|\\d{1,18}\\.0+");
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}([_,' ]\\d{3})+");

    private Numbers() {}

    static Optional<Long> parse(String text) {
        String unsigned = text.startsWith("+") ? text.substring(1) : text;
        String digits = unsigned.startsWith("-") ? unsigned.substring(1) : unsigned;
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        String bare = radix == 10 ? digits : digits.substring(2);
        if (bare.isEmpty() || !Character.isLetterOrDigit(bare.charAt(0))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(unsigned.startsWith("-") ? "-" + bare : bare, radix));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static @Nullable String suggestion(String text) {
        Matcher unit = UNIT.matcher(text);
        if (unit.matches()) {
            int power = "kmg".indexOf(unit.group(2).toLowerCase(Locale.ROOT)) + 1;
            return "write the number of bytes, without a unit: " + (Long.parseLong(unit.group(1)) << (10 * power));
        }
        if (POWER.matcher(text).matches()) {
            return "write " + new BigDecimal(text).toBigInteger();
        }
        if (GROUPED.matcher(text).matches()) {
            return "write " + text.replaceAll("\\D", "");
        }
        try {
            return "write it in milliseconds since 1970: " + Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
