package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.segue.protocol.manifest.Manifest;
import io.segue.protocol.mapping.Fragment;
import java.util.List;

/** What a task that is not a restore's found or made, as its log keeps it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskResult.BackedUp.class, name = "backed-up"),
    @JsonSubTypes.Type(value = TaskResult.Checked.class, name = "checked"),
    @JsonSubTypes.Type(value = TaskResult.Scanned.class, name = "scanned"),
})
public sealed interface TaskResult {
    /** The partition as the manifest will list it. */
    record BackedUp(Manifest.Partition partition) implements TaskResult {}

    /**
     * What was read, and what is wrong, each finding naming its segment and position.
     *
     * @param findings at most 100; more are counted
     * @param findingCount all of them
     */
    record Checked(int segments, long records, long bytes, List<String> findings, long findingCount)
            implements TaskResult {
        public Checked {
            findings = List.copyOf(findings);
        }
    }

    /**
     * The mapping that headers tell, one fragment per source partition and stretch.
     *
     * @param unmarked records without such headers, or of another source cluster
     * @param nextOffset where an incremental scan goes on
     */
    record Scanned(List<Fragment> fragments, long records, long unmarked, long nextOffset) implements TaskResult {
        public Scanned {
            fragments = List.copyOf(fragments);
        }
    }
}
