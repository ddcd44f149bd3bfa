package io.segue.cli.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.protocol.config.yaml.Problem;
import io.segue.protocol.config.yaml.Problem.Severity;
import io.segue.protocol.text.Units;
import java.util.ArrayList;
import java.util.List;

/** Problems of a file as a compiler would show them. */
final class ProblemText {
    private ProblemText() {}

    /**
     * <pre>
     * job.yaml:11:12: error: restore.dry_run: expected true or false, found "yes"
     *    11 |   dry_run: yes
     *       |            ^
     *       = write true or false
     * </pre>
     */
    static String of(Problem problem) {
        List<String> lines = new ArrayList<>();
        lines.add(problem.position()
                + (problem.severity() == Severity.ERROR ? ": error: " : ": warning: ")
                + (problem.key().isEmpty() ? "" : problem.key() + ": ")
                + problem.message());
        problem.excerpt().ifPresent(excerpt -> {
            lines.add(String.format("%6d | %s", problem.position().line(), excerpt));
            if (problem.position().column() <= excerpt.length()) {
                String indent =
                        excerpt.substring(0, problem.position().column() - 1).replaceAll("[^\t]", " ");
                lines.add("       | " + indent + "^");
            }
        });
        problem.suggestion().ifPresent(suggestion -> lines.add("       = " + suggestion));
        return String.join(System.lineSeparator(), lines);
    }

    /** {@code 2 errors and 1 warning}. */
    static String count(int errors, int warnings) {
        return Units.count(errors, "error") + (warnings == 0 ? "" : " and " + Units.count(warnings, "warning"));
    }

    static ArrayNode json(List<Problem> problems) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Problem problem : problems) {
            ObjectNode node = array.addObject();
            node.put("line", problem.position().line());
            node.put("column", problem.position().column());
            node.put("key", problem.key());
            node.put("message", problem.message());
            problem.suggestion().ifPresent(suggestion -> node.put("suggestion", suggestion));
        }
        return array;
    }
}
