package io.segue.cli.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.segue.cli.ExitCode;
import io.segue.protocol.config.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a job that a command line describes instead of a file. A fleet stores it, so no secret is in it:
 * variables stay as they are, and every process of the fleet resolves them from its own environment.
 */
public final class RequestText {
    private final List<String> lines = new ArrayList<>();

    private RequestText() {}

    /** A validation of a backup. S3 is reached with the credentials that the fleet's processes have. */
    public static String validation(String backupId, StorageConfig storage) {
        RequestText text = new RequestText();
        text.lines.add("mode: validate");
        text.add("", "backup_id", backupId);
        text.lines.add("storage:");
        if (storage instanceof StorageConfig.S3 s3) {
            text.s3(s3);
        } else if (storage instanceof StorageConfig.FileSystem files) {
            text.lines.add("  backend: filesystem");
            text.add("  ", "path", files.path().toAbsolutePath().toString());
        }
        return text.toString();
    }

    /**
     * A scan of a target.
     *
     * @param security keys of {@code security:} to their values; {@code ${…}} in them are variables
     */
    public static String scan(List<String> bootstrapServers, Map<String, String> security) {
        RequestText text = new RequestText();
        text.lines.add("mode: scan");
        text.lines.add("target:");
        text.lines.add("  bootstrap_servers:");
        bootstrapServers.forEach(server -> text.lines.add("    - " + quoted(literal(server))));
        if (!security.isEmpty()) {
            text.lines.add("  security:");
            security.forEach((key, value) -> text.lines.add("    " + key + ": " + quoted(value)));
        }
        return text.toString();
    }

    private void s3(StorageConfig.S3 s3) {
        lines.add("  backend: s3");
        add("  ", "bucket", s3.bucket());
        s3.region().ifPresent(region -> add("  ", "region", region));
        s3.endpoint().ifPresent(endpoint -> {
            add("  ", "endpoint", endpoint);
            if (endpoint.startsWith("http:")) {
                lines.add("  allow_http: true");
            }
        });
        if (!s3.prefix().isEmpty()) {
            add("  ", "prefix", s3.prefix());
        }
        if (s3.pathStyle()) {
            lines.add("  path_style: true");
        }
    }

    private void add(String indent, String key, String value) {
        lines.add(indent + key + ": " + quoted(literal(value)));
    }

    private static String literal(String value) {
        if (value.contains("${")) {
            throw new FleetFailure(ExitCode.USAGE, "'" + value + "' holds ${, which a fleet would take for a variable");
        }
        return value;
    }

    /** Strings of JSON are strings of YAML. */
    private static String quoted(String value) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
