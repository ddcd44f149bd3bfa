package io.segue.protocol.store;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PrefixedStoreTest extends ObjectStoreContract {
    @Override
    protected ObjectStore openEmptyStore() {
        ObjectStore whole = new InMemoryObjectStore();
        whole.put("elsewhere/object", bytes("of somebody else"));
        return new PrefixedStore(whole, "a/b/");
    }

    @Test
    void refusesAPrefixThatIsNoKey() {
        ObjectStore whole = new InMemoryObjectStore();
        assertThrows(StoreException.BadKey.class, () -> new PrefixedStore(whole, "../a"));
        assertThrows(StoreException.BadKey.class, () -> new PrefixedStore(whole, "/"));
    }
}
