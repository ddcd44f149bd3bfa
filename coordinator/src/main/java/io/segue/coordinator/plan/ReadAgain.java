package io.segue.coordinator.plan;

import io.segue.protocol.job.RestoreTask;
import io.segue.protocol.job.RestoreTask.Input;
import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
    /** What reads the archive for it. */
    @FunctionalInterface
    public interface Counter {
        /** Records of a task that each of some groups will read again, in their order. */
        List<Long> count(RestoreTask task, List<CommitVector> commits);
    }

    /** Counts every line anew; each task's archive is read once for each order. */
    public static List<ReadAgain> counted(
            Collection<RestoreTask> tasks, Collection<CommitVector> commits, Counter counter) {
        List<ReadAgain> lines = new ArrayList<>();
        for (RestoreTask task : tasks) {
            List<CommitVector> concerned = concerned(task, commits);
            if (concerned.isEmpty()) {
                continue;
            }
            RestoreTask plain = byTimestamp(task);
            List<Long> planned = counter.count(task, concerned);
            List<Long> byTimestamp = plain.equals(task) ? planned : counter.count(plain, concerned);
            for (int i = 0; i < concerned.size(); i++) {
                lines.add(new ReadAgain(
                        concerned.get(i).group(), task.target(), planned.get(i), byTimestamp.get(i), true));
            }
        }
        return lines;
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
