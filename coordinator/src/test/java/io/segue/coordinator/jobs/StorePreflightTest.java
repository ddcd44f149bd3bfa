package io.segue.coordinator.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.message.Messages.SeeStore;
import io.segue.protocol.job.message.Messages.SeenStore;
import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import io.segue.protocol.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StorePreflightTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore();

    private CompletableFuture<SeenStore> see(String worker, SeeStore question) {
        return switch (worker) {
            case "sees" -> CompletableFuture.completedFuture(
                    new SeenStore(StorePreflight.sha256(store.read(question.key(), 1_000))));
            case "blind" -> CompletableFuture.completedFuture(new SeenStore(""));
            default -> CompletableFuture.failedFuture(new IllegalStateException("no answer"));
        };
    }

    private List<String> trouble(String... workers) {
        return new StorePreflight(store, () -> List.of(workers), this::see).trouble();
    }

    @Test
    void workersThatSeeTheStoreOrDoNotAnswerAreNoTrouble() {
        assertEquals(List.of(), trouble());
        assertEquals(List.of(), trouble("sees", "silent"));
        assertEquals(List.of(), store.list("", 10), "the probe goes again");
    }

    @Test
    void aWorkerWithAnotherStoreIsNamed() {
        List<String> trouble = trouble("sees", "blind");

        assertEquals(1, trouble.size());
        assertTrue(trouble.get(0).startsWith("worker blind does not see probe/"), trouble::toString);
    }

    /** A store that forgets what is there between two conditional puts. */
    @Test
    void aStoreWithoutConditionalPutsIsNamed() {
        AtomicReference<InMemoryObjectStore> broken = new AtomicReference<>();
        AtomicBoolean inside = new AtomicBoolean();
        broken.set(new InMemoryObjectStore((moment, operation, key) -> {
            if (operation == Operation.PUT_IF_ABSENT && moment == Moment.AFTER && inside.compareAndSet(false, true)) {
                broken.get().delete(key);
            }
        }));

        List<String> trouble = new StorePreflight(broken.get(), List::of, this::see).trouble();

        assertEquals(1, trouble.size(), trouble::toString);
        assertTrue(trouble.get(0).contains("does not do conditional puts"), trouble::toString);
    }

    @Test
    void aStoreThatDoesNotAnswerIsAFailure() {
        InMemoryObjectStore silent = new InMemoryObjectStore((moment, operation, key) -> {
            if (operation == Operation.PUT_IF_ABSENT) {
                throw new StoreException.Unavailable("no answer", null);
            }
        });

        assertThrows(
                StoreException.Unavailable.class,
                () -> new StorePreflight(silent, List::of, this::see).trouble());
    }
}
