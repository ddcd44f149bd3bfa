package io.segue.protocol.job;

import java.util.List;

/**
 * The sequence of a restore task, to be read and not written, so as to count what groups will read again.
 *
 * @param commits of some groups: for each input of the restore the next source offset to read; 0 where nothing was read
 */
public record RehearsalTask(String id, RestoreTask restore, List<List<Long>> commits) implements JobTask {
    public RehearsalTask {
        commits = commits.stream().map(List::copyOf).toList();
        for (List<Long> commit : commits) {
            if (commit.size() != restore.inputs().size()) {
                throw new IllegalArgumentException("task " + id + " has "
                        + restore.inputs().size() + " inputs, but a group's commits are " + commit);
            }
        }
    }

    @Override
    public long weight() {
        return restore.weight();
    }
}
