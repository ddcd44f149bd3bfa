package io.segue.e2e.demo;

import io.segue.e2e.fleet.Stage;
import io.segue.sandbox.up.EnvFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What whoever keeps the clusters can do with them. */
final class LookAround {
    private LookAround() {}

    /** Writes the addresses to a file, and says how to use them. */
    static String prepare(Stage stage, Path kafkaBackup) {
        Path env = stage.directory().resolve("env");
        try {
            Map<String, String> variables = new LinkedHashMap<>(EnvFile.variables(stage.sandbox()));
            // the fleet knows what it has restored; a command without it would not
            variables.put("KAFKA_BACKUP_COORDINATOR", stage.fleet().coordinators());
            EnvFile.write(env, EnvFile.format(variables));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + env, e);
        }
        Path directory = stage.directory();
        String tools = "java -cp \"$KAFKA_CLASSPATH\" org.apache.kafka.tools.";
        return """
                The clusters stay up until Ctrl-C. In another terminal:

                  set -a; . %1$s; set +a; export SEGUE_HOME=%2$s

                  %3$sconsumer.group.ConsumerGroupCommand --bootstrap-server $TARGET_BOOTSTRAP \\
                      --describe --group order-processor
                  %3$sGetOffsetShell --bootstrap-server $TARGET_BOOTSTRAP --topic orders
                  %3$sTopicCommand --bootstrap-server $TARGET_BOOTSTRAP --describe --topic customers
                  %3$sconsumer.ConsoleConsumer --bootstrap-server $TARGET_BOOTSTRAP \\
                      --topic orders --from-beginning --max-messages 3

                  %4$s describe --path "s3://$S3_BUCKET/production?endpoint=$S3_ENDPOINT&path_style=true" --backup-id %5$s
                  %4$s validate --deep --path "s3://$S3_BUCKET/production?endpoint=$S3_ENDPOINT&path_style=true" --backup-id %5$s
                  # refused, for the target holds the backup already:
                  %4$s restore --config %2$s/restore.yaml

                %4$s jobs list

                Configuration files: %2$s/backup.yaml, %2$s/restore.yaml
                """.formatted(env, directory, tools, kafkaBackup, DemoRun.BACKUP_ID);
    }
}
