package io.segue.sandbox.faults;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets one write per key pass at a time, in order of arrival: the S3 server's own conditional put is check, then
 * write, and lets several of concurrent callers win. Belongs to one event loop.
 */
final class KeyGate {
    private static final int WAITING_LIMIT = 1_000;

    /** A key is present while a write of it is under way; its queue holds those that wait. */
    private final Map<String, Deque<Promise<Void>>> held = new HashMap<>();

    /** Done when the caller may write; fails when too many wait. Whoever was let in must {@link #leave}. */
    Future<Void> enter(String key) {
        Deque<Promise<Void>> waiting = held.get(key);
        if (waiting == null) {
            held.put(key, new ArrayDeque<>());
            return Future.succeededFuture();
        }
        if (waiting.size() >= WAITING_LIMIT) {
            return Future.failedFuture("more than " + WAITING_LIMIT + " writes wait for one key");
        }
        Promise<Void> turn = Promise.promise();
        waiting.add(turn);
        return turn.future();
    }

    void leave(String key) {
        Deque<Promise<Void>> waiting = held.get(key);
        if (waiting == null) {
            throw new IllegalStateException("nobody is inside for " + key);
        }
        Promise<Void> next = waiting.poll();
        if (next == null) {
            held.remove(key);
        } else {
            next.complete();
        }
    }
}
