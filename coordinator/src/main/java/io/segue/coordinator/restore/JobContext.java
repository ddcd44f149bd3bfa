package io.segue.coordinator.restore;

import io.segue.coordinator.jobs.JobJournal;
import io.segue.coordinator.jobs.JobListener;
import io.segue.protocol.job.DeliveryChoice;
import io.segue.protocol.job.JobFile;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.KafkaCluster;

/** What every phase of one job works with. */
record JobContext(
        JobFile file,
        BackupArchive archive,
        JobJournal journal,
        JobStore jobs,
        KafkaCluster target,
        JobListener listener,
        RunLimits limits) {
    String jobId() {
        return file.jobId();
    }

    /** How records get to the target. */
    DeliveryChoice delivery() {
        return jobs.readDocument(jobId(), DeliveryChoice.NAME, DeliveryChoice.class)
                .orElse(DeliveryChoice.FENCED);
    }
}
