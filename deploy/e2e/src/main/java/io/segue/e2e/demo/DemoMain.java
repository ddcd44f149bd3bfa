package io.segue.e2e.demo;

import io.segue.sandbox.SandboxException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

/** The main job of Segue in front of your eyes: {@code deploy/demo}. */
public final class DemoMain {
    private static final int NOT_EXACT = 1;
    private static final int BAD_USAGE = 2;

    private DemoMain() {}

    /** Exits with 0 if everything is exact, 1 if not, 2 for a bad command line. */
    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(DemoOptions.USAGE);
            return;
        }
        int code;
        try (Workplace own = Workplace.create()) {
            // native libraries that Kafka's clients unpack go with it too
            System.setProperty("java.io.tmpdir", own.temporary().toString());
            code = exitCode(args);
        }
        System.exit(code);
    }

    private static int exitCode(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            return run(DemoOptions.parse(List.of(args)), new Story(out), (stage, result) -> {});
        } catch (DemoOptions.Bad e) {
            System.err.println(e.getMessage() + "\n\n" + DemoOptions.USAGE);
            return BAD_USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_EXACT;
        }
    }

    /**
     * Runs the demo.
     *
     * @param end gets the stage and what was found, before anything ends
     * @return the exit code
     */
    static int run(DemoOptions options, Story story, BiConsumer<Stage, Result> end) throws InterruptedException {
        story.print(
                "Segue demo: back up with a fleet, kill a worker and the coordinator in the middle of the restore, check every"
                        + " record and every group.");
        story.step("Starting two Kafka clusters and an S3 server");
        try (Stage stage = Stage.open(options.kafkaBackup(), story)) {
            story.say("source " + stage.source() + "   target " + stage.target() + "   S3 "
                    + stage.sandbox().s3().endpoint());
            Result result = new DemoRun(stage, story, options.records()).run();
            tell(result, story);
            end.accept(stage, result);
            if (options.keep()) {
                story.print("\n" + LookAround.prepare(stage, options.kafkaBackup()));
                new CountDownLatch(1).await();
            }
            return result.exact() ? 0 : NOT_EXACT;
        } catch (DemoFailure | SandboxException e) {
            story.print("\nThe demo failed: " + e.getMessage());
            return NOT_EXACT;
        }
    }

    private static void tell(Result result, Story story) {
        story.print("\n" + result.table());
        if (!result.exact()) {
            story.print("NOT EXACT:");
            result.findings().forEach(finding -> story.print("  " + finding));
        }
    }
}
