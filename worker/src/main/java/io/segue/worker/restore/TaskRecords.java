package io.segue.worker.restore;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import io.segue.worker.restore.RestoreTasks.Sources;
import java.util.ArrayList;
import java.util.List;

/** The archive as one attempt at a task reads it: its sequence, from any position on. One sequence is open at a time. */
final class TaskRecords implements AutoCloseable {
    private final RestoreTask task;
    private final RestoreSpec spec;
    private final List<SegmentSource> sources = new ArrayList<>();

    TaskRecords(RestoreTask task, RestoreSpec spec, Sources opener) {
        this.task = task;
        this.spec = spec;
        task.inputs().forEach(input -> sources.add(opener.open(input.segments())));
    }

    RecordSequence from(ReadPosition position) {
        List<InputRecords> inputs = new ArrayList<>();
        try {
            for (int i = 0; i < sources.size(); i++) {
                Input input = task.inputs().get(i);
                inputs.add(new InputRecords(
                        i,
                        input,
                        task.target(),
                        sources.get(i),
                        new Selection(spec, input.source(), spec.sourceClusterId()),
                        position.inputs().get(i)));
            }
            return new RecordSequence(inputs, position.ordinal());
        } catch (RuntimeException e) {
            inputs.forEach(InputRecords::close);
            throw e;
        }
    }

    /** The start of the sequence. */
    ReadPosition start() {
        return ReadPosition.start(sources.size());
    }

    @Override
    public void close() {
        sources.forEach(SegmentSource::close);
    }
}
