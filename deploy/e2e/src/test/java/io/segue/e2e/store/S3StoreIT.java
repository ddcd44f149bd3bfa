package io.segue.e2e.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStoreContract;
import io.segue.protocol.store.s3.S3Limits;
import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.process.SharedSandbox;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of every store, on S3; what goes wrong on the way there is in {@link S3OutagesIT}. */
class S3StoreIT extends ObjectStoreContract {
    private static final int MORE_THAN_A_PAGE = 1_050;

    @Override
    protected ObjectStore openEmptyStore() {
        S3Endpoint s3 = SharedSandbox.get().s3();
        return S3TestStores.open(s3, "contract/" + UUID.randomUUID(), S3Limits.standard());
    }

    @Test
    void listsMoreThanAPage() {
        IntStream.range(0, MORE_THAN_A_PAGE).parallel().forEach(i -> store.put("p/" + (10_000 + i), bytes("x")));
        List<ObjectStore.Listed> all = store.list("p", MORE_THAN_A_PAGE);
        assertEquals(MORE_THAN_A_PAGE, all.size());
        assertEquals(
                IntStream.range(0, MORE_THAN_A_PAGE)
                        .mapToObj(i -> new ObjectStore.Listed("p/" + (10_000 + i), 1))
                        .toList(),
                all);
    }

    @Test
    void namesBeyondAsciiAreKept() {
        String key = "thémes/注文/🧾";
        store.put(key, bytes("x"));
        assertArrayEquals(bytes("x"), store.read(key, 1));
        assertEquals(List.of(new ObjectStore.Listed(key, 1)), store.list("thémes", 10));
    }
}
