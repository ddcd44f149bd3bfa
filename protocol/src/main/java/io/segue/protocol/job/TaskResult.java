package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.manifest.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a task that is not a restore's found or made, as its log keeps it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskResult.BackedUp.class, name = "backed-up"),
    @JsonSubTypes.Type(value = TaskResult.Checked.class, name = "checked"),
    @JsonSubTypes.Type(value = TaskResult.Scanned.class, name = "scanned"),
    @JsonSubTypes.Type(value = TaskResult.Rehearsed.class, name = "rehearsed"),
    @JsonSubTypes.Type(value = TaskResult.Probed.class, name = "probed"),
    @JsonSubTypes.Type(value = TaskResult.Compared.class, name = "compared"),
})
public sealed interface TaskResult {
    /** The partition as the manifest will list it. */
    record BackedUp(Manifest.Partition partition) implements TaskResult {}

    /**
     * What was read, and what is odd about it.
     *
     * @param findings the first {@value #MAX_FINDINGS}
     * @param damages all findings of damage, listed or not
     * @param remarks all findings that lose nothing, listed or not
     */
    record Checked(int segments, long records, long bytes, List<Finding> findings, long damages, long remarks)
            implements TaskResult {
        public static final int MAX_FINDINGS = 100;

        public Checked {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Something odd about a stored segment.
     *
     * @param damage false: it loses nothing
     * @param message names the position in the object
     */
    record Finding(boolean damage, String key, String message) {}

    /**
     * What groups will read again.
     *
     * @param readAgain records of each group, in the order of the task's commits
     */
    record Rehearsed(List<Long> readAgain) implements TaskResult {
        public Rehearsed {
            readAgain = List.copyOf(readAgain);
        }
    }

    /**
     * What headers tell of where the records of a stretch come from. The mapping itself stands before it in the log: the
     * fragments of the same attempt.
     *
     * @param records that carry the headers looked for; without a problem the fragments hold them all
     * @param unmarked records without such headers, or of another source cluster
     * @param unnamed records with an offset but no cluster, left out because a cluster was asked for
     * @param clusters that the records name, sorted; {@code ""} for those that name none; at most {@value #MAX_CLUSTERS}
     * @param problem the first place that no mapping explains, such as a record that is there twice; null: none
     * @param nextOffset target offset at which a later scan goes on
     */
    record Scanned(
            long records,
            long unmarked,
            long unnamed,
            List<String> clusters,
            @Nullable String problem,
            long nextOffset) implements TaskResult {
        public static final int MAX_CLUSTERS = 10;

        public Scanned {
            clusters = List.copyOf(clusters);
        }
    }

    /**
     * What a target does with fences and transactions.
     *
     * @param fences a fence keeps an older writer out, also outside transactions
     * @param transacts transactions can be written, and committed by who did not begin them
     * @param evidence what was seen, in words
     */
    record Probed(boolean fences, boolean transacts, List<String> evidence) implements TaskResult {
        public Probed {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * What comparing a target partition with the archive found.
     *
     * @param records that stand where they belong and are the same, byte for byte
     * @param bytes of them: keys, values and headers
     * @param altered records that are another one than the archive's
     * @param missing records of the archive that are not on the target
     * @param foreign records on the target, below the end of what was restored, that the restore did not write
     * @param differences the first {@value #MAX_DIFFERENCES}, in the order of the target's offsets
     */
    record Compared(long records, long bytes, long altered, long missing, long foreign, List<Difference> differences)
            implements TaskResult {
        public static final int MAX_DIFFERENCES = 20;

        public Compared {
            differences = List.copyOf(differences);
        }

        /** True if nothing differs. */
        public boolean same() {
            return altered + missing + foreign == 0;
        }
    }

    /**
     * Where the target is not what the archive says.
     *
     * @param source null for a record that the restore did not write
     * @param sourceOffset of the first record concerned, −1 for a record that the restore did not write
     * @param targetOffset of the first record concerned
     * @param records so many follow one another on the target
     * @param message what differs
     */
    record Difference(
            Defect.Kind kind,
            @Nullable TopicPartition source,
            long sourceOffset,
            long targetOffset,
            long records,
            String message) {}
}
