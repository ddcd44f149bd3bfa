package io.segue.cli.groups;

import io.segue.coordinator.groups.PlanOrigin;
import io.segue.coordinator.groups.ResetPlan.GroupPlan;
import java.io.PrintStream;

/**
 * A plan as a script of Kafka's own tool: one call for each group, with a file of its offsets. Names stand in single quotes
 * or here-documents, so that no group id can run anything. The tool checks neither the world nor the result, and drops
 * metadata: {@code offset-reset execute} does.
 */
final class PlanScript implements PlanFormats.Sink {
    private final PrintStream out;

    PlanScript(PrintStream out, PlanOrigin origin) {
        this.out = out;
        String servers = String.join(",", origin.world().bootstrapServers());
        out.print(
                """
                #!/usr/bin/env bash
                # Offset reset, strategy %s, for cluster %s.
                # KAFKA_CONSUMER_GROUPS names Kafka's tool, COMMAND_CONFIG a file with client settings.
                set -euo pipefail
                bootstrap=${BOOTSTRAP_SERVERS:-%s}
                tool=${KAFKA_CONSUMER_GROUPS:-kafka-consumer-groups.sh}
                offsets=$(mktemp)
                trap 'rm -f "$offsets"' EXIT
                reset() {
                  cat > "$offsets"
                  "$tool" --bootstrap-server "$bootstrap" ${COMMAND_CONFIG:+--command-config "$COMMAND_CONFIG"} \\
                    --group "$1" --reset-offsets --from-file "$offsets" --execute
                }
                """.formatted(comment(origin.strategy()), comment(origin.world().clusterId()), quoted(servers)));
    }

    @Override
    public void group(GroupPlan group) {
        group.refusals()
                .forEach(refusal -> out.print("# " + comment(group.groupId() + ": refused: " + refusal) + "\n"));
        if (group.commits().isEmpty()) {
            return;
        }
        out.print("reset " + quoted(group.groupId()) + " <<'OFFSETS'\n");
        group.commits()
                .forEach(commit -> out.print(
                        commit.target().topic() + "," + commit.target().partition() + "," + commit.offset() + "\n"));
        out.print("OFFSETS\n");
    }

    /** One word for a shell, whatever the text. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String comment(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public void close() {
        out.flush();
    }
}
