package io.segue.coordinator.api;

import io.segue.coordinator.jobs.JobSubmission;
import io.segue.protocol.config.yaml.Spelling;
import io.segue.protocol.job.JobCommand;
import io.segue.protocol.job.JobKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What clients ask for, checked. Whatever is wrong is thrown as an {@link ApiError}. */
final class Requests {
    private static final String BY = "submittedBy";
    private static final int NAME = 200;

    private Requests() {}

    /** @param peer address of the client, named where it does not say who asks */
    static JobSubmission submission(String body, Optional<String> key, String peer) {
        JsonBody json = JsonBody.parse(body, List.of("kind", "config", "options", BY));
        JobKind kind = kind(json.text("kind"));
        String config = config(json, kind);
        if (config.length() > ApiLimits.CONFIG) {
            throw ApiError.tooLarge("the configuration is longer than " + ApiLimits.CONFIG + " characters")
                    .thrown();
        }
        Map<String, String> options = json.textsByName("options");
        for (String option : options.keySet()) {
            if (!kind.options().contains(option)) {
                throw ApiError.badBody("a " + kind.word() + " takes no option '" + option + "'"
                                + Spelling.nearest(option, kind.options())
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""))
                        .thrown();
            }
        }
        return new JobSubmission(kind, config, options, by(json, peer), key.map(Requests::key));
    }

    private static String config(JsonBody json, JobKind kind) {
        if (kind != JobKind.VERIFICATION) {
            return json.text("config");
        }
        if (json.findText("config").isPresent()) {
            throw ApiError.badBody("a verification takes no config: it uses that of the restore in option 'job'")
                    .thrown();
        }
        return "";
    }

    private static JobKind kind(String word) {
        return Arrays.stream(JobKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ApiError.badBody("kind is one of "
                                + Arrays.stream(JobKind.values())
                                        .map(JobKind::word)
                                        .collect(Collectors.joining(", "))
                                + ", not '" + word + "'")
                        .thrown());
    }

    private static String key(String key) {
        if (key.isEmpty() || key.length() > NAME || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw ApiError.badParameter(
                            "the Idempotency-Key is not 1 to " + NAME + " printable ASCII characters",
                            "take a random UUID")
                    .thrown();
        }
        return key;
    }

    /**
     * A command, by the last element of its path.
     *
     * @param at epoch milliseconds
     */
    static JobCommand command(String verb, String body, String peer, long at) {
        JsonBody json = JsonBody.parse(
                body,
                switch (verb) {
                    case "retry" -> List.of(BY, "tasks", "rebuild");
                    case "thaw" -> List.of(BY, "force");
                    default -> List.of(BY);
                });
        String by = by(json, peer);
        return switch (verb) {
            case "pause" -> new JobCommand.Pause(by, at);
            case "resume" -> new JobCommand.Resume(by, at);
            case "cancel" -> new JobCommand.Cancel(by, at);
            case "retry" -> retry(json, by, at);
            case "thaw" -> new JobCommand.Thaw(by, at, json.flag("force"));
            default -> throw ApiError.ofStatus(404).thrown();
        };
    }

    private static JobCommand retry(JsonBody json, String by, long at) {
        List<String> tasks = some(json, "tasks", "none named means all of them");
        List<String> places = some(json, "rebuild", "a topic means all of its partitions");
        if (!tasks.isEmpty() && !places.isEmpty()) {
            throw ApiError.badBody("'tasks' and 'rebuild' are two commands: send one after the other")
                    .thrown();
        }
        return places.isEmpty() ? new JobCommand.RetryFailed(by, at, tasks) : new JobCommand.Rebuild(by, at, places);
    }

    private static List<String> some(JsonBody json, String name, String hint) {
        List<String> texts = json.texts(name);
        if (texts.size() > ApiLimits.TASKS) {
            throw ApiError.badBody("more than " + ApiLimits.TASKS + " " + name + " are named; " + hint)
                    .thrown();
        }
        return texts;
    }

    private static String by(JsonBody json, String peer) {
        String by = json.findText(BY).orElse(peer);
        if (by.length() > NAME || by.chars().anyMatch(Character::isISOControl)) {
            throw ApiError.badBody("'" + BY + "' is not a name of at most " + NAME + " characters")
                    .thrown();
        }
        return by;
    }
}
