package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The smallest unit of a job that is leased to one worker. A stored task without a kind is a restore's. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = RestoreTask.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = RestoreTask.class, name = "restore"),
    @JsonSubTypes.Type(value = BackupTask.class, name = "backup"),
    @JsonSubTypes.Type(value = CheckTask.class, name = "check"),
    @JsonSubTypes.Type(value = ScanTask.class, name = "scan"),
    @JsonSubTypes.Type(value = RehearsalTask.class, name = "rehearsal"),
    @JsonSubTypes.Type(value = ProbeTask.class, name = "probe"),
    @JsonSubTypes.Type(value = CompareTask.class, name = "compare"),
})
public sealed interface JobTask
        permits RestoreTask, BackupTask, CheckTask, ScanTask, RehearsalTask, ProbeTask, CompareTask {
    /** Unique in the job; part of storage keys. */
    String id();

    /** How much work it is, in bytes or an estimate of them: the largest task goes first. */
    long weight();
}
