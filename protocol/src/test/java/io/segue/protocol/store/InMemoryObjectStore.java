package io.segue.protocol.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * An object store in memory, for tests. It keeps the contract of the real ones, and fails where its {@link Fault} says
 * so: before an operation, so that nothing happened, or after it, so that it happened and the caller does not know.
 */
public final class InMemoryObjectStore implements ObjectStore {
    /** The methods of the store that take a key. Both puts are {@code PUT}; for {@code LIST} the key is the prefix. */
    public enum Operation {
        READ,
        OPEN,
        SIZE,
        PUT,
        PUT_IF_ABSENT,
        LIST,
        DELETE
    }

    /** On which side of an operation the fault may strike. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    /** Called twice for each operation; it fails the operation by throwing, usually a {@link StoreException}. */
    @FunctionalInterface
    public interface Fault {
        void strike(Moment moment, Operation operation, String key);
    }

    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Fault fault;

    public InMemoryObjectStore() {
        this((moment, operation, key) -> {});
    }

    public InMemoryObjectStore(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String describe() {
        return "memory://";
    }

    @Override
    public byte[] read(String key, long limit) {
        fault.strike(Moment.BEFORE, Operation.READ, key);
        byte[] content = require(key);
        if (content.length > limit) {
            throw new StoreException.TooLarge(describe() + key + " is larger than " + limit + " bytes");
        }
        fault.strike(Moment.AFTER, Operation.READ, key);
        return content.clone();
    }

    @Override
    public InputStream open(String key, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        fault.strike(Moment.BEFORE, Operation.OPEN, key);
        byte[] content = require(key);
        if (offset > content.length) {
            throw new StoreException.NotFound(
                    describe() + key + " has " + content.length + " bytes, none at " + offset, null);
        }
        fault.strike(Moment.AFTER, Operation.OPEN, key);
        return new ByteArrayInputStream(content, (int) offset, content.length - (int) offset);
    }

    @Override
    public Optional<Long> size(String key) {
        fault.strike(Moment.BEFORE, Operation.SIZE, key);
        byte[] content = objects.get(ObjectKeys.requireKey(key));
        fault.strike(Moment.AFTER, Operation.SIZE, key);
        return content == null ? Optional.empty() : Optional.of((long) content.length);
    }

    @Override
    public void put(String key, byte[] content) {
        fault.strike(Moment.BEFORE, Operation.PUT, key);
        objects.put(ObjectKeys.requireKey(key), content.clone());
        fault.strike(Moment.AFTER, Operation.PUT, key);
    }

    @Override
    public void put(String key, Path content) {
        try {
            put(key, Files.readAllBytes(content));
        } catch (IOException failure) {
            throw new StoreException.Refused("cannot read " + content + ", which is to be stored: " + failure, failure);
        }
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        fault.strike(Moment.BEFORE, Operation.PUT_IF_ABSENT, key);
        byte[] present = objects.putIfAbsent(ObjectKeys.requireKey(key), content.clone());
        fault.strike(Moment.AFTER, Operation.PUT_IF_ABSENT, key);
        return present == null ? PutResult.WRITTEN : PutResult.EXISTS;
    }

    @Override
    public List<Listed> list(String prefix, int limit) {
        fault.strike(Moment.BEFORE, Operation.LIST, prefix);
        String below = ObjectKeys.requirePrefix(prefix);
        List<Listed> found = objects.tailMap(below).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(below))
                .map(entry -> new Listed(entry.getKey(), entry.getValue().length))
                .limit(limit + 1L)
                .toList();
        if (found.size() > limit) {
            throw new StoreException.TooLarge(describe() + below + " holds more than " + limit + " objects");
        }
        fault.strike(Moment.AFTER, Operation.LIST, prefix);
        return found;
    }

    @Override
    public void delete(String key) {
        fault.strike(Moment.BEFORE, Operation.DELETE, key);
        objects.remove(ObjectKeys.requireKey(key));
        fault.strike(Moment.AFTER, Operation.DELETE, key);
    }

    @Override
    public void close() {
        // the objects go with the instance, so that a test can read what a closed store held
    }

    private byte[] require(String key) {
        byte[] content = objects.get(ObjectKeys.requireKey(key));
        if (content == null) {
            throw new StoreException.NotFound(describe() + key + ": there is no such object", null);
        }
        return content;
    }
}
