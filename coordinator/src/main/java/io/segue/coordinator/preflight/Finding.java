package io.segue.coordinator.preflight;

import io.segue.protocol.kafka.KafkaFailure;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * One answer of a preflight.
 *
 * @param question in a few words
 * @param evidence what was seen
 * @param fix a command or a line of configuration; empty where nothing is to be done
 */
public record Finding(Verdict verdict, String question, String evidence, String fix) {
    private static final int NAMED = 5;

    /** How bad it is. */
    public enum Verdict {
        OK,
        /** It will work, and somebody should know. */
        WARN,
        /** It will not work as asked. */
        FAIL
    }

    public static Finding ok(String question, String evidence) {
        return new Finding(Verdict.OK, question, evidence, "");
    }

    public static Finding warn(String question, String evidence, String fix) {
        return new Finding(Verdict.WARN, question, evidence, fix);
    }

    public static Finding fail(String question, String evidence, String fix) {
        return new Finding(Verdict.FAIL, question, evidence, fix);
    }

    /** What a cluster does not answer is a warning. */
    static Finding asked(String question, Supplier<Finding> answer) {
        try {
            return answer.get();
        } catch (KafkaFailure e) {
            return unanswered(question, e);
        }
    }

    static Finding unanswered(String question, KafkaFailure why) {
        return warn(question, "the cluster did not say: " + why.getMessage(), "");
    }

    /** The first of some names. */
    static String some(Collection<String> names) {
        String first = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }

    /** Those of one kind, for plans and logs. */
    public static List<String> lines(List<Finding> findings, Verdict verdict) {
        return findings.stream()
                .filter(finding -> finding.verdict() == verdict)
                .map(Finding::line)
                .toList();
    }

    /** For logs and notes. */
    public String line() {
        return question + ": " + evidence + (fix.isEmpty() ? "" : "; " + fix);
    }
}
