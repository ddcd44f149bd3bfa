package io.segue.worker.restore;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.store.StoreException;
import io.segue.worker.append.ModelPartition.Faults;
import io.segue.worker.restore.UnreliableStore.PutFate;
import io.segue.worker.restore.UnreliableStore.Weather;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each put of an attempt in turn times out: it was not done, or it was, or it arrives when nobody waits for it any more. */
class TimedOutPutsTest {
    @ParameterizedTest
    @EnumSource(value = PutFate.class, mode = EnumSource.Mode.EXCLUDE, names = "DONE")
    void eachPutInTurn(PutFate fate) {
        int number = 1;
        for (; timesOut(fate, number); number++) {
            assertTrue(number < 100, "puts without end");
        }
        assertTrue(number > 3, "attach, fragment and seal are put");
    }

    /** True if there is such a put. */
    private static boolean timesOut(PutFate fate, int number) {
        RestoreWorld world = new RestoreWorld(List.of(Records.range(5, 11), Records.range(20, 24)));
        int[] puts = {0};
        Weather weather = () -> ++puts[0] == number ? fate : PutFate.DONE;
        UnreliableStore store = new UnreliableStore(world.state(), weather);
        world.storeSeen = any -> store;
        try {
            world.run(world.grant(), Faults.NONE, step -> {});
        } catch (StoreException e) {
            // the process could not even say how it ended
        }
        store.land();
        if (!(world.last() instanceof Sealed)) {
            world.runUndisturbed();
        }
        world.assertRestored();
        return puts[0] >= number;
    }
}
