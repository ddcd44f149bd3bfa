package io.segue.protocol.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * An append-only log of small immutable JSON objects in the object store, one object per event, named by its sequence
 * number. Each is written with put-if-absent, so that of two writers of one number exactly one wins and the other learns
 * that it was superseded.
 *
 * <p>A log object is used by one thread; any number of processes may have one over the same prefix.
 */
public final class EventLog<E> {
    /** Sequence numbers have this many digits, so that listing order is sequence order. */
    private static final int DIGITS = 10;

    private static final int MAX_EVENTS = 1_000_000;
    private static final long MAX_EVENT_BYTES = 16L << 20;

    /** What came of an append. */
    public enum Appended {
        DONE,
        /** Somebody else wrote this number: read the log again before anything else. */
        SUPERSEDED
    }

    /** The envelope of an event; {@code writer} tells two writers of equal events apart after a put that timed out. */
    record Envelope<E>(int version, String writer, E event) {}

    private final ObjectStore store;
    private final String prefix;
    private final Class<E> type;
    private final ObjectMapper json;
    private final UnaryOperator<E> kept;
    private final String writer = UUID.randomUUID().toString();
    private final List<E> events = new ArrayList<>();

    private EventLog(ObjectStore store, String prefix, Class<E> type, ObjectMapper json, UnaryOperator<E> kept) {
        this.store = store;
        this.prefix = prefix;
        this.type = type;
        this.json = json;
        this.kept = kept;
    }

    /** Opens the log below {@code prefix} (no trailing slash) and reads all of it. */
    public static <E> EventLog<E> open(ObjectStore store, String prefix, Class<E> type, ObjectMapper json) {
        EventLog<E> log = unread(store, prefix, type, json);
        log.refresh();
        return log;
    }

    /** As {@link #open}, without reading: an append succeeds only if the log is empty. */
    public static <E> EventLog<E> unread(ObjectStore store, String prefix, Class<E> type, ObjectMapper json) {
        return unread(store, prefix, type, json, UnaryOperator.identity());
    }

    /** As {@link #unread}; {@code kept} says what is kept in memory of an event. */
    static <E> EventLog<E> unread(
            ObjectStore store, String prefix, Class<E> type, ObjectMapper json, UnaryOperator<E> kept) {
        return new EventLog<>(store, prefix, type, json, kept);
    }

    /** The events known so far, in order: the one at index <i>i</i> has the sequence number <i>i</i>. */
    public List<E> events() {
        return List.copyOf(events);
    }

    /** Reads what others appended; true if there was anything. */
    public boolean refresh() {
        int before = events.size();
        if (before == 0) {
            List<ObjectStore.Listed> found = store.list(prefix + "/", MAX_EVENTS);
            for (int i = 0; i < found.size(); i++) {
                if (!found.get(i).key().equals(key(i))) {
                    throw new CorruptLogException(prefix + ": expected event " + key(i) + ", found "
                            + found.get(i).key());
                }
                events.add(kept.apply(read(i)));
            }
        } else {
            for (Optional<E> next = next(); next.isPresent(); next = next()) {
                events.add(kept.apply(next.get()));
            }
        }
        return events.size() > before;
    }

    private Optional<E> next() {
        try {
            return Optional.of(read(events.size()));
        } catch (StoreException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Appends at the next number that this log knows of. */
    public Appended append(E event) {
        int sequence = events.size();
        byte[] content = write(event);
        PutResult result;
        try {
            result = store.putIfAbsent(key(sequence), content);
        } catch (StoreException.Unavailable e) {
            result = store.size(key(sequence)).isPresent() ? PutResult.EXISTS : throwIt(e);
        }
        if (result == PutResult.EXISTS && !Arrays.equals(store.read(key(sequence), MAX_EVENT_BYTES), content)) {
            return Appended.SUPERSEDED;
        }
        events.add(kept.apply(event));
        return Appended.DONE;
    }

    private static PutResult throwIt(StoreException e) {
        throw e;
    }

    private String key(int sequence) {
        String number = Integer.toString(sequence);
        return prefix + "/" + "0".repeat(DIGITS - number.length()) + number + ".json";
    }

    private JavaType envelope() {
        return json.getTypeFactory().constructParametricType(Envelope.class, type);
    }

    private byte[] write(E event) {
        try {
            return json.writerFor(envelope()).writeValueAsBytes(new Envelope<>(1, writer, event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event of " + prefix + " cannot be written", e);
        }
    }

    /** Reads one event, all of it. */
    E read(int sequence) {
        byte[] content = store.read(key(sequence), MAX_EVENT_BYTES);
        try {
            Envelope<E> envelope = json.readValue(content, envelope());
            if (envelope != null && envelope.version() == 1 && envelope.event() != null) {
                return envelope.event();
            }
            throw new CorruptLogException(key(sequence) + " is not an event" + ofVersion(content));
        } catch (java.io.IOException e) {
            throw new CorruptLogException(
                    key(sequence) + " is not an event" + ofVersion(content) + ": " + e.getMessage(), e);
        }
    }

    private String ofVersion(byte[] content) {
        try {
            int version = json.readTree(content).path("version").asInt(0);
            return version > 1
                    ? ": it has version " + version
                            + ", this program reads version 1; use the release that wrote it, or a newer one"
                    : "";
        } catch (java.io.IOException e) {
            return "";
        }
    }

    /** The log holds something that no version of this program wrote. */
    public static final class CorruptLogException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CorruptLogException(String message) {
            super(message);
        }

        CorruptLogException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
