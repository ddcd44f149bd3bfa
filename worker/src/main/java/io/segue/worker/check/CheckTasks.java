package io.segue.worker.check;

import io.segue.protocol.job.CheckTask;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.job.TaskEvent;
import io.segue.protocol.job.TaskResult.Checked;
import io.segue.protocol.job.TaskResult.Finding;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Time;
import io.segue.worker.check.SegmentAudit.Result;
import io.segue.worker.lease.AttemptOver;
import io.segue.worker.lease.LeaseGate;
import io.segue.worker.spool.SpooledSegment;
import io.segue.worker.task.Attempt;
import io.segue.worker.task.TaskRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs check tasks. A damaged segment is a finding, and does not end the check of the others. */
public final class CheckTasks implements TaskRunner<CheckTask> {
    private final Path spool;
    private final Time time;

    /** @param spool existing directory for one segment of each task under way */
    public CheckTasks(Path spool, Time time) {
        this.spool = spool;
        this.time = time;
    }

    @Override
    public TaskEvent run(CheckTask task, Attempt attempt) throws AttemptOver, InterruptedException {
        LeaseGate gate = attempt.gate(time, attempt.watch()::leaseLost);
        Findings findings = new Findings();
        long records = 0;
        long bytes = 0;
        for (SegmentRef segment : task.segments()) {
            if (attempt.watch().stopRequested()) {
                throw new AttemptOver.Stopped();
            }
            gate.pass();
            Result result = check(segment, attempt);
            result.damage().ifPresent(message -> findings.damage(segment, message));
            result.remarks().forEach(message -> findings.remark(segment, message));
            records += result.records();
            bytes += segment.size();
            attempt.watch().advanced(result.records(), segment.size());
        }
        return new TaskEvent.Done(
                attempt.journal().grant().attempt(),
                new Checked(
                        task.segments().size(), records, bytes, findings.listed, findings.damages, findings.remarks));
    }

    private Result check(SegmentRef segment, Attempt attempt) {
        try (SpooledSegment spooled = SpooledSegment.fetch(attempt.job().storage(), segment.key(), spool)) {
            return SegmentAudit.read(segment, spooled.content());
        } catch (StoreException.NotFound e) {
            return new Result(0, Optional.of("is missing"), List.of());
        } catch (StoreException.BadKey e) {
            return new Result(0, Optional.of("cannot be the key of a segment: " + e.getMessage()), List.of());
        }
    }

    private static final class Findings {
        private final List<Finding> listed = new ArrayList<>();
        private long damages;
        private long remarks;

        void damage(SegmentRef segment, String message) {
            damages++;
            list(new Finding(true, segment.key(), message));
        }

        void remark(SegmentRef segment, String message) {
            remarks++;
            list(new Finding(false, segment.key(), message));
        }

        private void list(Finding finding) {
            if (listed.size() < Checked.MAX_FINDINGS) {
                listed.add(finding);
            }
        }
    }
}
