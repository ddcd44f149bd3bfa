package io.segue.protocol.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a job is for. */
public enum JobKind {
    @JsonProperty("restore")
    RESTORE,
    @JsonProperty("backup")
    BACKUP,
    /** Reads every segment of a backup and compares it with the manifest. */
    @JsonProperty("validation")
    VALIDATION,
    /** Builds an offset mapping from the headers of records on a target. */
    @JsonProperty("scan")
    SCAN;

    /** As in job ids and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
