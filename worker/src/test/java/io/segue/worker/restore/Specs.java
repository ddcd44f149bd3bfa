package io.segue.worker.restore;

import io.segue.protocol.config.RestoreConfig.BatchCompression;
import io.segue.protocol.config.RestoreConfig.NoAnswerPolicy;
import io.segue.protocol.job.RestoreSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Restore specs as tests need them. */
public final class Specs {
    public static final RestoreSpec PLAIN = of(null, null, false);

    private Specs() {}

    public static RestoreSpec of(@Nullable Long windowStart, @Nullable Long windowEnd, boolean offsetHeaders) {
        return new RestoreSpec(
                "backup-1",
                "0f",
                "source-cluster",
                "target-cluster",
                new RestoreSpec.Selected(List.of(), List.of(), Set.of(), Map.of(), Map.of(), windowStart, windowEnd),
                RestoreSpec.Placement.PLAIN,
                offsetHeaders,
                BatchCompression.NONE,
                new RestoreSpec.Topics(true, -1, false),
                new RestoreSpec.Groups(false, List.of(), NoAnswerPolicy.REFUSE));
    }
}
