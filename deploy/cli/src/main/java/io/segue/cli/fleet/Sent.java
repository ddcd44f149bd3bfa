package io.segue.cli.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.cli.Console;

/** A command that the fleet has stored. */
final class Sent {
    private Sent() {}

    static void show(Console console, String jobId, String verb, int number) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("jobId", jobId).put("sent", verb).put("command", number);
        console.resultOf(
                json,
                () -> "Sent to job " + jobId + ": " + verb + "; 'kafka-backup jobs follow " + jobId
                        + "' shows what comes of it");
    }
}
