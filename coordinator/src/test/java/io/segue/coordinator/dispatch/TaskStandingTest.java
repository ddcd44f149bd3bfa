package io.segue.coordinator.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.coordinator.dispatch.TaskStanding.FailedOnce;
import io.segue.coordinator.dispatch.TaskStanding.Leased;
import io.segue.coordinator.dispatch.TaskStanding.Pending;
import io.segue.coordinator.dispatch.TaskStanding.Succeeded;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.job.TaskEvent.Failed;
import io.segue.protocol.job.TaskEvent.Granted;
import io.segue.protocol.job.TaskEvent.Released;
import io.segue.protocol.job.TaskEvent.Sealed;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskStandingTest {
    private static final Granted FIRST = new Granted(1, "worker", "topic", 0, 0);
    private static final Failed FAILED = new Failed(1, "place", "why", true);
    private static final Sealed SEALED = new Sealed(1, 10, 10, 0);

    private static TaskStanding after(TaskEvent... events) {
        return TaskStanding.of(List.of(events));
    }

    @Test
    void isWhatTheLastEventMadeOfIt() {
        assertEquals(new Pending(1), after());
        assertEquals(new Leased(1), after(FIRST));
        assertEquals(new Leased(1), after(FIRST, new Attached(1, 1, (short) 0, -1, 0)));
        assertEquals(new FailedOnce(FAILED), after(FIRST, FAILED));
        assertEquals(new Pending(2), after(FIRST, new Released(1, "stopped")));
        assertEquals(new Leased(2), after(FIRST, FAILED, new Granted(2, "worker", "topic", 0, 0)));
        assertEquals(new Succeeded(SEALED), after(FIRST, SEALED));
    }
}
