package io.segue.worker.backup;

import io.segue.protocol.job.BackupSpec;
import io.segue.protocol.job.BackupTask;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskResult;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.manifest.Manifest.Gap;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.UnstorableRecordException;
import io.segue.protocol.time.Time;
import io.segue.worker.jobs.JobResources;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.log.KafkaRecordLog;
import io.segue.worker.log.LogPass;
import io.segue.worker.log.RecordLog;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs backup tasks: the committed records of a stretch of a source partition go into segments, each stored as it gets
 * full. The segments of the attempt that finishes are the task's result; those of other attempts have other keys, so that
 * whoever still writes one after his time writes beside it.
 */
public final class BackupTasks implements TaskRunner<BackupTask> {
    /** The only reason that the peer's format knows; with another the peer takes the manifest for broken. */
    private static final String OUT_OF_RANGE = "offset_out_of_range";

    private final Function<JobResources, RecordLog.Opener> sources;
    private final Path spool;
    private final Time time;

    /** @param spool existing local directory for segments before they are stored */
    public BackupTasks(Vertx vertx, Path spool, Time time) {
        this(job -> KafkaRecordLog.opener(vertx, job.source()), spool, time);
    }

    BackupTasks(Function<JobResources, RecordLog.Opener> sources, Path spool, Time time) {
        this.sources = sources;
        this.spool = spool;
        this.time = time;
    }

    @Override
    public TaskEvent run(BackupTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        int number = attempt.journal().grant().attempt();
        BackupSpec spec = attempt.job().file().as(BackupSpec.class);
        String place = task.range().partition().toString();
        List<Gap> gaps = new ArrayList<>();
        try (SegmentSeries segments = new SegmentSeries(
                        new SegmentKeys(spec.backupId(), task.range().partition(), number),
                        spec.segments(),
                        spool,
                        attempt.job().storage());
                RecordLog log = sources.apply(attempt.job())
                        .open(task.range().partition(), task.range().startOffset())) {
            new LogPass(task.range().partition(), attempt, time)
                    .run(
                            log,
                            task.range().startOffset(),
                            task.range().endOffset(),
                            new Copy(segments, OffsetHeaders.of(spec.segments().headerCluster()), gaps));
            return new TaskEvent.Done(
                    number,
                    new TaskResult.BackedUp(
                            new Manifest.Partition(task.range().partition().partition(), segments.finish(), gaps)));
        } catch (UnstorableRecordException e) {
            throw new AttemptOver.Broken(place, String.valueOf(e.getMessage()), false);
        } catch (UncheckedIOException e) {
            throw new AttemptOver.Broken(place, String.valueOf(e.getMessage()), true);
        }
    }

    private final class Copy implements LogPass.Visitor {
        private final SegmentSeries segments;
        private final OffsetHeaders headers;
        private final List<Gap> gaps;

        Copy(SegmentSeries segments, OffsetHeaders headers, List<Gap> gaps) {
            this.segments = segments;
            this.headers = headers;
            this.gaps = gaps;
        }

        @Override
        public void record(SegmentRecord record) {
            segments.append(headers.addedTo(record));
        }

        @Override
        public void missing(long from, long end) {
            gaps.add(new Gap(from, end, OUT_OF_RANGE, time.wallMillis()));
        }
    }
}
