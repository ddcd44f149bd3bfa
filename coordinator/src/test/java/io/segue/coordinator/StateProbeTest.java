package io.segue.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.InMemoryObjectStore;
import io.segue.protocol.store.InMemoryObjectStore.Operation;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateProbeTest {
    @TempDir
    Path directory;

    @Test
    void aStateThatWorksIsWrittenOnceAndAgain() {
        ObjectStore state = new Stores(Map.of()).open(directory.resolve("state").toString());
        StateProbe.check(state, "c-1");
        StateProbe.check(state, "c-1");
        assertEquals(1, state.list("", 10).size());
        state.close();
    }

    @Test
    void aStateBelowAFileEndsTheStart() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        ObjectStore state = new Stores(Map.of()).open(file.resolve("state").toString());
        StoreException refused = assertThrows(StoreException.class, () -> StateProbe.check(state, "c-1"));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        state.close();
    }

    @Test
    void aStateThatMayBeReadAndNotWrittenEndsTheStart() {
        ObjectStore state = new InMemoryObjectStore((moment, operation, key) -> {
            if (operation == Operation.PUT) {
                throw new StoreException.Refused("may not write " + key, null);
            }
        });
        assertThrows(StoreException.Refused.class, () -> StateProbe.check(state, "c-1"));
    }

    @Test
    void aStateThatIsAwayIsWaitedFor() {
        StateProbe.check(
                new InMemoryObjectStore((moment, operation, key) -> {
                    throw new StoreException.Unavailable("away", null);
                }),
                "c-1");
    }
}
