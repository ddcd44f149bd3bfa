package io.segue.coordinator.restore;

import io.segue.coordinator.dispatch.Workers;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.job.JobStore.JobFile;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.time.Time;
import java.util.function.BooleanSupplier;

/** What every phase of one job works with. */
record JobContext(
        JobFile file,
        BackupArchive archive,
        JobJournal journal,
        JobStore jobs,
        KafkaCluster target,
        RestoreListener listener,
        RunLimits limits) {
    String jobId() {
        return file.jobId();
    }

    /**
     * How a process runs jobs.
     *
     * @param tasksAtATime attempts under way at most
     * @param stopped true once the process was asked to stop
     */
    record RunLimits(Workers workers, Time time, int tasksAtATime, BooleanSupplier stopped) {}
}
