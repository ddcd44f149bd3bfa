package io.segue.coordinator.jobs;

import io.segue.protocol.store.ForwardingStore;
import io.segue.protocol.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The store as a leader sees it whose epoch events reach nobody: it finds them in its journal, the others do not, and the
 * numbers behind them are one less to the others.
 */
final class WithoutEpochEvents extends ForwardingStore {
    private static final String JOURNAL = "/journal/";

    private final ObjectStore store;
    /** By the number that the leader gave them. */
    private final TreeMap<Integer, byte[]> swallowed = new TreeMap<>();

    WithoutEpochEvents(ObjectStore store) {
        super(store);
        this.store = store;
    }

    private static boolean ofJournal(String key) {
        return key.contains(JOURNAL) && key.endsWith(".json");
    }

    private static int number(String key) {
        return Integer.parseInt(
                key.substring(key.indexOf(JOURNAL) + JOURNAL.length(), key.length() - ".json".length()));
    }

    private static String numbered(String key, int number) {
        String digits = Integer.toString(number);
        return key.substring(0, key.indexOf(JOURNAL) + JOURNAL.length()) + "0".repeat(10 - digits.length()) + digits
                + ".json";
    }

    private String real(String key) {
        int number = number(key);
        return numbered(key, number - swallowed.headMap(number).size());
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        if (!ofJournal(key)) {
            return store.putIfAbsent(key, content);
        }
        if (!new String(content, StandardCharsets.UTF_8).contains("\"type\":\"opened\"")) {
            return store.putIfAbsent(real(key), content);
        }
        if (store.size(real(key)).isPresent()) {
            return PutResult.EXISTS;
        }
        swallowed.put(number(key), content);
        return PutResult.WRITTEN;
    }

    @Override
    public byte[] read(String key, long limit) {
        byte[] own = ofJournal(key) ? swallowed.get(number(key)) : null;
        return own != null ? own : store.read(ofJournal(key) ? real(key) : key, limit);
    }

    @Override
    public Optional<Long> size(String key) {
        byte[] own = ofJournal(key) ? swallowed.get(number(key)) : null;
        return own != null ? Optional.of((long) own.length) : store.size(ofJournal(key) ? real(key) : key);
    }

    @Override
    public List<Listed> list(String prefix, int limit) {
        List<Listed> real = store.list(prefix, limit);
        if (!prefix.endsWith(JOURNAL)) {
            return real;
        }
        List<Listed> seen = new ArrayList<>();
        for (int number = 0; number < real.size() + swallowed.size(); number++) {
            seen.add(new Listed(numbered(prefix, number), 1));
        }
        return seen;
    }
}
