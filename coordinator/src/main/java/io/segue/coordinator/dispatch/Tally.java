package io.segue.coordinator.dispatch;

/**
 * Counts what the tasks of a dispatch have come to, however often leaders and workers changed meanwhile. The thread of the
 * dispatch owns it.
 */
final class Tally {
    private int done;
    private int failed;
    private int running;
    private long records;
    private long bytes;
    private boolean changed = true;

    /** A worker says so. */
    void moved(Work work, long moreRecords, long moreBytes) {
        work.counted += moreRecords;
        records += moreRecords;
        bytes += moreBytes;
    }

    /** The log of a task was read: it knows of records that nobody said anything of to this leader. */
    void read(Work work) {
        moved(work, Math.max(0, work.recordsThere() - work.counted), 0);
    }

    /** A task has come to its end. */
    void ended(Work work) {
        read(work);
        changed = true;
        if (work.standing() instanceof TaskStanding.Succeeded) {
            done++;
        } else {
            failed++;
        }
    }

    /** Tells what is new since the last time. */
    void tell(DispatchListener listener, int total, int underWay) {
        if (records > 0 || bytes > 0) {
            listener.advanced(records, bytes);
            records = 0;
            bytes = 0;
        }
        if (changed || running != underWay) {
            changed = false;
            running = underWay;
            listener.tasks(total, done, running, failed);
        }
    }
}
