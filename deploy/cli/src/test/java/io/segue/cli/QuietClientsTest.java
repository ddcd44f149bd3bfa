package io.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class QuietClientsTest {
    private final AtomicLong nanos = new AtomicLong(5);
    private final QuietClients filter = new QuietClients(nanos::get);
    private final LoggerContext context = new LoggerContext();

    QuietClientsTest() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }

    private FilterReply said(String logger, String format) {
        return filter.decide(null, context.getLogger(logger), Level.WARN, format, new Object[] {nanos.get()}, null);
    }

    @Test
    void theSameIsSaidOnceAMinute() {
        String client = "org.apache.kafka.clients.NetworkClient";
        assertEquals(FilterReply.NEUTRAL, said(client, "no connection to {}"));
        assertEquals(FilterReply.DENY, said(client, "no connection to {}"));
        assertEquals(FilterReply.NEUTRAL, said(client, "something else"));

        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertEquals(FilterReply.DENY, said(client, "no connection to {}"));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(FilterReply.NEUTRAL, said(client, "no connection to {}"));
        assertEquals(FilterReply.DENY, said(client, "no connection to {}"));
    }

    @Test
    void whatSegueSaysIsAlwaysSaid() {
        assertEquals(FilterReply.NEUTRAL, said("io.segue.worker.append.FencedAppend", "append"));
        assertEquals(FilterReply.NEUTRAL, said("io.segue.worker.append.FencedAppend", "append"));
    }

    @Test
    void whoAsksForMoreGetsAll() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        assertEquals(FilterReply.NEUTRAL, said("org.apache.kafka.clients.NetworkClient", "no connection"));
        assertEquals(FilterReply.NEUTRAL, said("org.apache.kafka.clients.NetworkClient", "no connection"));
    }
}
