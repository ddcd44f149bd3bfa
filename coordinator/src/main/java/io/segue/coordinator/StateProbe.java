package io.segue.coordinator;

import io.segue.protocol.job.JobStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the durable state once, so that a coordinator that could never lead says why and ends. */
final class StateProbe {
    private static final Logger LOG = LoggerFactory.getLogger(StateProbe.class);

    private StateProbe() {}

    /**
     * Returns if the state can be used, or may be later: a store that is away for now is waited for by the election.
     *
     * @param coordinator its id; it writes {@code probe/{coordinator}}
     * @throws StoreException if a person has to act first
     */
    static void check(ObjectStore state, String coordinator) {
        String key = "probe/" + coordinator;
        byte[] content = coordinator.getBytes(StandardCharsets.UTF_8);
        try {
            new JobStore(state).leaderClaims().newest();
            state.put(key, content);
            state.read(key, content.length);
        } catch (StoreException e) {
            if (!e.retryable()) {
                throw e;
            }
            LOG.warn("event=store-away state={} {}", state.describe(), e.getMessage());
        }
    }
}
