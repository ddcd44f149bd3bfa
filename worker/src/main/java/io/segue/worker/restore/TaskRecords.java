package io.segue.worker.restore;

import io.segue.protocol.job.RestoreSpec;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The archive as one attempt at a task reads it: its sequence, from any position on. One sequence is open at a time. */
public final class TaskRecords implements AutoCloseable {
    private final RestoreTask task;
    private final RestoreSpec spec;
    private final List<SegmentSource> sources = new ArrayList<>();

    /** @param opener of the segments of each input */
    public TaskRecords(RestoreTask task, RestoreSpec spec, Function<List<SegmentRef>, SegmentSource> opener) {
        this.task = task;
        this.spec = spec;
        task.inputs().forEach(input -> sources.add(opener.apply(input.segments())));
    }

    /** The sequence from a position on; closed before the next is asked for. */
    public RecordSequence from(ReadPosition position) {
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
    public ReadPosition start() {
        return ReadPosition.start(sources.size());
    }

    @Override
    public void close() {
        sources.forEach(SegmentSource::close);
    }
}
