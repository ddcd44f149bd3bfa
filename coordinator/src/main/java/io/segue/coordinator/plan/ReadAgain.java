package io.segue.coordinator.plan;

import io.segue.protocol.job.RehearsalTask;
import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a group will read again in a target partition that several source partitions flow into, known before anything is
 * written.
 *
 * @param planned records under the order that the plan has
 * @param byTimestamp records if the merge went by timestamp alone
 * @param counted both were counted in the archive and are exact; else they follow from the manifest, are the most that there
 *     can be, and only 0 is exact
 */
public record ReadAgain(String group, TopicPartition target, long planned, long byTimestamp, boolean counted) {
    /** What has to be read to count every line: each merged task in the order that is planned, and by timestamp if that differs. */
    public static List<RehearsalTask> rehearsals(Collection<RestoreTask> tasks, Collection<CommitVector> commits) {
        List<RehearsalTask> rehearsals = new ArrayList<>();
        for (RestoreTask task : tasks) {
            List<CommitVector> concerned = concerned(task, commits);
            if (!concerned.isEmpty()) {
                rehearsals.add(rehearsal(task.id(), task, concerned));
                if (!byTimestamp(task).equals(task)) {
                    rehearsals.add(rehearsal(plainId(task), byTimestamp(task), concerned));
                }
            }
        }
        return rehearsals;
    }

    /** @param counts what each rehearsal counted, by its id */
    public static List<ReadAgain> counted(
            Collection<RestoreTask> tasks, Collection<CommitVector> commits, Map<String, List<Long>> counts) {
        List<ReadAgain> lines = new ArrayList<>();
        for (RestoreTask task : tasks) {
            List<CommitVector> concerned = concerned(task, commits);
            for (int i = 0; i < concerned.size(); i++) {
                List<Long> planned = Objects.requireNonNull(counts.get(task.id()), task.id());
                long byTimestamp = counts.getOrDefault(plainId(task), planned).get(i);
                lines.add(new ReadAgain(concerned.get(i).group(), task.target(), planned.get(i), byTimestamp, true));
            }
        }
        return lines;
    }

    private static RehearsalTask rehearsal(String id, RestoreTask task, List<CommitVector> concerned) {
        List<List<Long>> commits = concerned.stream()
                .map(commit -> task.inputs().stream()
                        .map(input -> committed(commit, input))
                        .toList())
                .toList();
        return new RehearsalTask(id, task, commits);
    }

    /** No task of a plan has it: ids of restore tasks end with a partition. */
    private static String plainId(RestoreTask task) {
        return task.id() + "-by-timestamp";
    }

    /** Groups with commits on any of the sources of a task that merges several. */
    private static List<CommitVector> concerned(RestoreTask task, Collection<CommitVector> commits) {
        return task.inputs().size() == 1
                ? List.of()
                : commits.stream()
                        .filter(commit -> task.sources().stream()
                                .anyMatch(source -> commit.offsets().containsKey(source)))
                        .toList();
    }

    private static RestoreTask byTimestamp(RestoreTask task) {
        List<Input> uncut = task.inputs().stream()
                .map(input -> new Input(input.source(), input.segments(), input.routing(), List.of()))
                .toList();
        return new RestoreTask(task.id(), uncut, task.target(), task.preserve(), task.records(), task.bytes());
    }

    /** One line for each group and each task that merges several inputs. */
    static List<ReadAgain> of(Collection<RestoreTask> tasks, Collection<CommitVector> commits) {
        List<ReadAgain> lines = new ArrayList<>();
        for (RestoreTask task : tasks) {
            concerned(task, commits).forEach(commit -> lines.add(of(task, commit)));
        }
        return lines;
    }

    private static ReadAgain of(RestoreTask task, CommitVector commit) {
        long read = task.inputs().stream()
                .mapToLong(input -> below(input, committed(commit, input)))
                .sum();
        long all = task.inputs().stream()
                .mapToLong(input -> below(input, Long.MAX_VALUE))
                .sum();
        long unread = all - read;
        long most = unread == 0 ? 0 : read;
        return new ReadAgain(commit.group(), task.target(), onACut(task, commit) ? 0 : most, most, false);
    }

    private static boolean onACut(RestoreTask task, CommitVector commit) {
        int cuts = task.inputs().get(0).cuts().size();
        for (int cut = 0; cut < cuts; cut++) {
            int wanted = cut;
            if (task.inputs().stream().allMatch(input -> input.cuts().get(wanted) == committed(commit, input))) {
                return true;
            }
        }
        return false;
    }

    private static long committed(CommitVector commit, Input input) {
        return commit.offsets().getOrDefault(input.source(), 0L);
    }

    /** Records below an offset, at most: of a segment that it lies in as many as there are offsets. */
    private static long below(Input input, long offset) {
        long records = 0;
        for (SegmentRef segment : input.segments()) {
            records += Math.max(0, Math.min(segment.recordCount(), offset - segment.startOffset()));
        }
        return records;
    }
}
