package io.segue.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Kafka's clients say with every try, many times a second, that a broker cannot be reached: a person is told once, and again
 * at most every minute. What comes of it is said by the command.
 */
public final class QuietClients extends TurboFilter {
    private static final long SILENCE = Duration.ofMinutes(1).toNanos();
    private static final int MOST_MESSAGES = 1_000;

    private final LongSupplier nanoTime;
    private final Map<String, Long> said = new ConcurrentHashMap<>();

    /** For logback, which makes it. */
    public QuietClients() {
        this(System::nanoTime);
    }

    QuietClients(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        if (format == null
                || !logger.getName().startsWith("org.apache.kafka.")
                || !logger.getEffectiveLevel().isGreaterOrEqual(Level.WARN)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        String key = logger.getName() + ' ' + format;
        long now = nanoTime.getAsLong();
        if (said.size() > MOST_MESSAGES) {
            said.clear();
        }
        Long before = said.putIfAbsent(key, now);
        if (before == null) {
            return FilterReply.NEUTRAL;
        }
        return now - before >= SILENCE && said.replace(key, before, now) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
