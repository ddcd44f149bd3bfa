package io.segue.coordinator.jobs;

import io.segue.protocol.job.JobKind;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.time.Time;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a leader works with during its term.
 *
 * @param epoch of its claim
 * @param leader who it is, for people
 * @param store looks whether anything speaks against working on a job now
 */
public record Term(
        JobStore jobs,
        Map<JobKind, KindOfJob> kinds,
        int epoch,
        String leader,
        Time time,
        Supplier<StoreFinding> store) {
    public Term {
        kinds = Map.copyOf(kinds);
    }

    /** Kinds by what they are. */
    public static Map<JobKind, KindOfJob> kinds(KindOfJob... kinds) {
        return List.of(kinds).stream().collect(Collectors.toMap(KindOfJob::kind, Function.identity()));
    }
}
