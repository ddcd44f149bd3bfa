package io.segue.coordinator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.coordinator.jobs.Jobs.Submission;
import io.segue.protocol.config.yaml.Problem;
import java.util.List;

/**
 * An answer that is not what was asked for.
 *
 * @param status of HTTP
 * @param code for programs; never changes
 * @param message what is wrong, for people
 * @param hint what to do
 * @param problems of the configuration, if that is what is wrong
 */
record ApiError(int status, String code, String message, String hint, List<Problem> problems) {
    ApiError(int status, String code, String message, String hint) {
        this(status, code, message, hint, List.of());
    }

    /** How handlers say it. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ApiError error;

        private Thrown(ApiError error) {
            super(error.message, null, false, false);
            this.error = error;
        }

        ApiError error() {
            return error;
        }
    }

    Thrown thrown() {
        return new Thrown(this);
    }

    static ApiError badBody(String message) {
        return new ApiError(400, "bad-body", message, "see docs/api.md for what this request takes");
    }

    static ApiError tooLarge(String message) {
        return new ApiError(413, "too-large", message, "send less");
    }

    static ApiError badParameter(String message, String hint) {
        return new ApiError(400, "bad-parameter", message, hint);
    }

    static ApiError noSuchJob(String jobId) {
        return new ApiError(
                404, "no-such-job", "there is no job " + jobId, "GET /v1/jobs lists the jobs of this fleet");
    }

    static ApiError refused(Submission.Refused refused) {
        int count = refused.problems().size();
        return new ApiError(
                422,
                "bad-config",
                "the configuration has " + (count == 1 ? "a problem" : count + " problems") + "; nothing was done",
                "mend what problems[] names and submit it again",
                refused.problems());
    }

    static ApiError conflict(Submission.Conflict conflict) {
        return new ApiError(
                409,
                "idempotency-conflict",
                "this idempotency key belongs to job " + conflict.jobId() + ", which asks for something else",
                "take a new key for a new job");
    }

    /** For failures that only have a status: those of the router and of the HTTP server. */
    static ApiError ofStatus(int status) {
        return switch (status) {
            case 404 -> new ApiError(404, "no-such-path", "there is nothing at this path", "see docs/api.md");
            case 405 -> new ApiError(405, "wrong-method", "this path does not take this method", "see docs/api.md");
            case 413 -> tooLarge("the body is larger than " + ApiLimits.BODY + " bytes");
            default ->
                status >= 400 && status < 500
                        ? new ApiError(
                                status,
                                "bad-request",
                                "this is not a request that can be read",
                                "an address takes " + ApiLimits.ADDRESS + " bytes, all headers " + ApiLimits.HEADERS)
                        : new ApiError(
                                500, "bug", "something went wrong here", "the log of this coordinator says what");
        };
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("error").put("code", code).put("message", message).put("hint", hint);
        if (!problems.isEmpty()) {
            problems.forEach(problem -> add(root.withArray("/problems").addObject(), problem));
        }
        return root;
    }

    private static void add(ObjectNode node, Problem problem) {
        node.put("file", problem.position().file())
                .put("line", problem.position().line())
                .put("column", problem.position().column())
                .put("key", problem.key())
                .put("message", problem.message());
        problem.suggestion().ifPresent(suggestion -> node.put("hint", suggestion));
    }
}
