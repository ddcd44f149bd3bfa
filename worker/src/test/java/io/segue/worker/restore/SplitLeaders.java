package io.segue.worker.restore;

import io.segue.protocol.job.EventLog;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Sealed;
import io.segue.protocol.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Two coordinators, both of which believe that they lead, each with its own view of the task's log. */
final class SplitLeaders {
    private final RestoreWorld world;
    private final RandomGenerator random;
    private final List<@Nullable EventLog<TaskEvent>> views = new ArrayList<>(Arrays.asList(null, null));

    SplitLeaders(RestoreWorld world, RandomGenerator random) {
        this.world = world;
        this.random = random;
    }

    /** One of them grants the next attempt, as it sees things; 0 if the task has ended. */
    int grant() {
        while (true) {
            int leader = random.nextInt(views.size());
            try {
                EventLog<TaskEvent> log = view(leader);
                if (log.events().stream().anyMatch(Sealed.class::isInstance)) {
                    return 0;
                }
                int attempt = world.next(log).attempt();
                if (log.append(world.next(log)) == EventLog.Appended.DONE) {
                    world.leader.granted(attempt);
                    return attempt;
                }
                log.refresh();
            } catch (StoreException e) {
                views.set(leader, null);
            }
        }
    }

    private EventLog<TaskEvent> view(int leader) {
        EventLog<TaskEvent> log = views.get(leader);
        if (log == null) {
            log = world.logSeen();
            log.refresh();
            views.set(leader, log);
        } else if (random.nextBoolean()) {
            log.refresh();
        }
        return log;
    }
}
