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
 * @param planned records at most under the order that the plan has; 0 is exact
 * @param byTimestamp records at most if the merge went by timestamp alone
 */
public record ReadAgain(String group, TopicPartition target, long planned, long byTimestamp) {
    /** One line for each group and each task that merges several inputs. */
    static List<ReadAgain> of(Collection<RestoreTask> tasks, Collection<CommitVector> commits) {
        List<ReadAgain> lines = new ArrayList<>();
        for (RestoreTask task : tasks) {
            if (task.inputs().size() > 1) {
                commits.stream()
                        .filter(commit -> task.sources().stream()
                                .anyMatch(source -> commit.offsets().containsKey(source)))
                        .forEach(commit -> lines.add(of(task, commit)));
            }
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
        return new ReadAgain(commit.group(), task.target(), onACut(task, commit) ? 0 : most, most);
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
