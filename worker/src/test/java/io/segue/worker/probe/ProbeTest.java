package io.segue.worker.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskResult.Probed;
import io.segue.protocol.time.ManualTime;
import io.segue.worker.append.ModelBroker;
import io.segue.worker.append.ModelPartition;
import io.segue.worker.append.ModelPartition.Fate;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.append.TargetFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final ModelBroker broker = new ModelBroker(0, new ManualTime());

    private Probed probe(Faults faults, Optional<String> transactions) {
        return Probe.of(new ModelPartition(broker, faults), () -> transactions);
    }

    @Test
    void aBrokerThatFencesIsFoundOut() {
        assertEquals(
                new Probed(
                        true,
                        true,
                        List.of(
                                "behind a marker of a newer epoch a batch of an older one is refused",
                                "a transaction was written and committed by its successor")),
                probe(Faults.NONE, Optional.empty()));
    }

    @Test
    void oneThatDoesNotToo() {
        broker.withoutFencing();

        Probed found = probe(Faults.NONE, Optional.of("transactions: none"));

        assertFalse(found.fences());
        assertFalse(found.transacts());
        assertEquals(
                List.of("a batch of an older epoch was taken behind the marker of a newer one", "transactions: none"),
                found.evidence());
    }

    @Test
    void aLogThatIsNotDenseIsNoneForFences() {
        broker.forgetTransactionalId();
        new ModelPartition(broker, Faults.NONE).fence(new ModelPartition(broker, Faults.NONE).nextWriter());

        Probed found = probe(Faults.NONE, Optional.empty());

        assertFalse(found.fences());
        assertTrue(found.evidence().get(0).startsWith("a batch was to be at offset 0"), found::toString);
    }

    @Test
    void noAnswerIsNoFinding() {
        Faults silent = new Faults() {
            @Override
            public Fate fate() {
                return Fate.ACK_LOST;
            }
        };

        assertTrue(assertThrows(TargetFailure.class, () -> probe(silent, Optional.empty()))
                .retryable());
    }
}
