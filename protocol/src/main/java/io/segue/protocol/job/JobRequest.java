package io.segue.protocol.job;

import java.util.Map;

/**
 * What an operator submitted to a fleet: {@code request.json}, immutable. It holds no secret: the configuration keeps its
 * {@code ${…}} as written, and every process resolves them from its own environment.
 *
 * @param submittedAt epoch milliseconds
 * @param submittedBy who, for people
 * @param config the text of the configuration file
 * @param options what the command line adds, by flag without its dashes
 */
public record JobRequest(
        int version,
        String jobId,
        JobKind kind,
        long submittedAt,
        String submittedBy,
        String config,
        Map<String, String> options) {
    public JobRequest {
        options = Map.copyOf(options);
    }

    /** True if both ask for the same, whoever asked and when. */
    public boolean asksFor(JobRequest other) {
        return kind == other.kind && config.equals(other.config) && options.equals(other.options);
    }
}
