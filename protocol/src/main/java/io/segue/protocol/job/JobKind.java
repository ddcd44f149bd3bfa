package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Set;

/** What a job is for. */
public enum JobKind {
    /**
     * Takes {@code dry-run}: plan, and change nothing; {@code exact}: and count what groups read again, whatever has to be read; {@code three-phases}: reset groups whatever the file's switches say;
     * {@code keep-frozen}: leave the topics frozen at the end.
     */
    @JsonProperty("restore")
    RESTORE,
    @JsonProperty("backup")
    BACKUP,
    /** Reads every segment of a backup and compares it with the manifest. */
    @JsonProperty("validation")
    VALIDATION,
    /**
     * Builds an offset mapping from the headers of records on a target. Takes {@code topic}: names, with commas between
     * them; {@code source-cluster}: only records of this one.
     */
    @JsonProperty("scan")
    SCAN,
    /** Compares what a restore wrote with its archive. Takes {@code job}: the id of the restore, whose configuration it uses. */
    @JsonProperty("verification")
    VERIFICATION;

    /** As in job ids and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names of the options that a request of this kind may have; a job that ignored one would do something else. */
    public Set<String> options() {
        return switch (this) {
            case RESTORE -> Set.of("dry-run", "exact", "three-phases", "keep-frozen");
            case SCAN -> Set.of("topic", "source-cluster");
            case VERIFICATION -> Set.of("job");
            case BACKUP, VALIDATION -> Set.of();
        };
    }
}
