package io.segue.coordinator.audit;

import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskEvent.Aborted;
import io.segue.protocol.job.TaskEvent.Attached;
import java.util.ArrayList;
import java.util.List;

/** What the log of a task tells that somebody should know, though its partition be proven. */
final class Remarks {
    private Remarks() {}

    static List<String> of(List<TaskEvent> events) {
        List<String> remarks = new ArrayList<>();
        long writer = -1;
        for (TaskEvent event : events) {
            if (event instanceof Aborted aborted) {
                remarks.add("records of an aborted transaction stand at offsets " + aborted.from() + " to "
                        + (aborted.to() - 1) + ": read_committed consumers do not see them, others read them again");
            } else if (event instanceof Attached attach) {
                if (writer >= 0 && attach.producerId() != writer) {
                    remarks.add("attempt " + attach.attempt() + " could not fence the writer before it, because the"
                            + " cluster had forgotten the transactional id (producer id " + writer + ", then "
                            + attach.producerId() + "): it waited until that one's lease and requests had ended");
                }
                writer = attach.producerId();
            }
        }
        return remarks;
    }
}
