package io.segue.coordinator.dispatch;

import io.segue.coordinator.dispatch.ScriptedWorkers.Act;
import io.segue.protocol.job.ProbeTask;
import io.segue.protocol.job.TaskEvent.Done;
import io.segue.protocol.job.TaskResult.Probed;
import java.util.List;

/** Workers on a target that fences. */
final class Probing {
    private static final Probed FENCES = new Probed(true, true, List.of("it was refused"));

    private Probing() {}

    static Act or(Act act) {
        return (task, grant) ->
                task instanceof ProbeTask ? List.of(new Done(grant.attempt(), FENCES)) : act.of(task, grant);
    }
}
