package io.segue.protocol.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.protocol.store.InMemoryObjectStore.Moment;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest extends ObjectStoreContract {
    @Override
    protected ObjectStore openEmptyStore() {
        return new InMemoryObjectStore();
    }

    @Test
    void aFaultBeforeLeavesNothingAndOneAfterLeavesTheObject() {
        ObjectStore failing = new InMemoryObjectStore((moment, operation, key) -> {
            if (operation == Operation.PUT_IF_ABSENT && key.startsWith(moment.name())) {
                throw new StoreException.Unavailable("injected", null);
            }
        });
        assertThrows(StoreException.Unavailable.class, () -> failing.putIfAbsent(Moment.BEFORE.name(), bytes("x")));
        assertThrows(StoreException.Unavailable.class, () -> failing.putIfAbsent(Moment.AFTER.name(), bytes("x")));
        assertEquals(Optional.empty(), failing.size(Moment.BEFORE.name()));
        assertArrayEquals(bytes("x"), failing.read(Moment.AFTER.name(), 1));
    }
}
