package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.segue.protocol.mapping.Fragment;
import io.segue.protocol.mapping.Fragment.ReadPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task's log holds. The log is the task's whole truth: who may write to its target partition, from where on, and
 * what was written. Version 1 of the format; golden files pin it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskEvent.Granted.class, name = "granted"),
    @JsonSubTypes.Type(value = TaskEvent.Attached.class, name = "attached"),
    @JsonSubTypes.Type(value = TaskEvent.Mapped.class, name = "mapped"),
    @JsonSubTypes.Type(value = TaskEvent.Sealed.class, name = "sealed"),
    @JsonSubTypes.Type(value = TaskEvent.Done.class, name = "done"),
    @JsonSubTypes.Type(value = TaskEvent.Released.class, name = "released"),
    @JsonSubTypes.Type(value = TaskEvent.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = TaskEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = TaskEvent.Rebuild.class, name = "rebuild"),
    @JsonSubTypes.Type(value = TaskEvent.Rebased.class, name = "rebased"),
})
public sealed interface TaskEvent {
    /** The attempt that the event belongs to, from 1: the fencing token. */
    int attempt();

    /** True if the attempt is over with this event. */
    default boolean ends() {
        return this instanceof Sealed
                || this instanceof Done
                || this instanceof Released
                || this instanceof Declined
                || this instanceof Failed
                || this instanceof Rebuild;
    }

    /**
     * What counts of a log: the events behind its last {@link Rebuild}. Numbers of attempts go on, and grants from before
     * still count as given.
     */
    static List<TaskEvent> current(List<TaskEvent> log) {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i) instanceof Rebuild) {
                return log.subList(i + 1, log.size());
            }
        }
        return log;
    }

    /**
     * Where the records of a task begin, by its log.
     *
     * @param planned where they began before any rebuild
     */
    static long base(List<TaskEvent> log, long planned) {
        long base = planned;
        for (TaskEvent event : log) {
            base = event instanceof Rebased rebased ? rebased.base() : base;
        }
        return base;
    }

    /**
     * The coordinator granted an attempt to a worker.
     *
     * @param topicId id of the target topic, base64: a topic deleted and made again is another one
     * @param base log end of the target partition before the first record of this task
     */
    record Granted(int attempt, String worker, String topicId, long base, long at) implements TaskEvent {}

    /**
     * The attempt may write from here: every older writer is fenced.
     *
     * @param marker offset of the control marker that fenced them; {@code base − 1} on an unfenced first attempt
     * @param ordinal records of the sequence that the log holds; record {@code ordinal + j} goes to
     *     {@code marker + 1 + j}
     */
    record Attached(int attempt, long producerId, short epoch, long marker, long ordinal) implements TaskEvent {}

    /** Records are mapped: their runs are at hand or in the store. */
    sealed interface OfFragment extends TaskEvent {
        /** One past the ordinal of the last record. */
        long endOrdinal();

        /** Where reading starts so as to meet the first record again. */
        ReadPosition resume();
    }

    /** Records reached the target and were acknowledged. */
    record Mapped(int attempt, Fragment fragment) implements OfFragment {
        /** Runs of a fragment that a reader of the log holds on to. */
        static final int FEW = 200;

        @Override
        public long endOrdinal() {
            return fragment.endOrdinal();
        }

        @Override
        public ReadPosition resume() {
            return fragment.resume();
        }
    }

    /**
     * Stands in memory for a {@link Mapped} event with many runs, which are left in the store so that a log takes little
     * memory whatever it maps. Never stored itself.
     */
    record MappedInStore(int attempt, long firstOrdinal, long endOrdinal, ReadPosition resume) implements OfFragment {}

    /** The event as a reader of the log keeps it. */
    default TaskEvent kept() {
        if (this instanceof Mapped mapped) {
            Fragment fragment = mapped.fragment();
            int runs = fragment.parts().stream()
                    .mapToInt(part -> part.runs().size())
                    .sum();
            return runs <= Mapped.FEW
                    ? this
                    : new MappedInStore(
                            mapped.attempt(), fragment.firstOrdinal(), fragment.endOrdinal(), fragment.resume());
        }
        return this;
    }

    /**
     * The whole sequence is on the target.
     *
     * @param count records of the sequence
     * @param endOffset log end of the target partition
     * @param repeats records that the archive held twice and that were left out
     * @param markers what the last attempt read that looks like the ends of transactions; null: nothing
     */
    record Sealed(
            int attempt,
            long count,
            long endOffset,
            long repeats,
            @Nullable Markers markers) implements TaskEvent {
        /** Without markers. */
        public Sealed(int attempt, long count, long endOffset, long repeats) {
            this(attempt, count, endOffset, repeats, null);
        }
    }

    /**
     * Records of the archive that look like the ends of transactions.
     *
     * @param aborts those among them that would end an aborted one
     * @param first source partition and offset, in words
     */
    record Markers(long count, long aborts, String first) {}

    /** A task that is not a restore's has ended, with this result. */
    record Done(int attempt, TaskResult result) implements TaskEvent {}

    /**
     * The operator wants the partition emptied and written anew: what was journaled before is void, the attempt among it.
     *
     * @param attempt the newest one; 0 if there was none
     * @param order number of the command among those to the job that rebuild something, from 1
     */
    record Rebuild(int attempt, int order) implements TaskEvent {}

    /**
     * Every older writer was fenced, and what stands below {@code base} is the task's no more: it is deleted before anything
     * is written.
     *
     * @param base offset at which the records of the task begin
     */
    record Rebased(int attempt, long base) implements TaskEvent {}

    /** The attempt stopped cleanly before the end; another may go on. */
    record Released(int attempt, String reason) implements TaskEvent {}

    /** The worker cannot work for the job at all, and did nothing: this says something about the worker, not the task. */
    record Declined(int attempt, String worker, String reason) implements TaskEvent {}

    /**
     * The attempt failed.
     *
     * @param place names the segment, position or offset
     * @param defect of the target's log that a rebuild repairs; null: none is known
     */
    record Failed(
            int attempt,
            String place,
            String message,
            boolean retryable,
            @Nullable Defect defect) implements TaskEvent {
        /** Without a defect of the target's log. */
        public Failed(int attempt, String place, String message, boolean retryable) {
            this(attempt, place, message, retryable, null);
        }
    }
}
