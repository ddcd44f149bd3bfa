package io.segue.e2e.chaos;

import io.segue.e2e.fleet.Fleet;
import io.segue.e2e.fleet.Stage;
import io.segue.e2e.proof.Comparison;
import io.segue.e2e.proof.Proof;
import io.segue.e2e.proof.RunFailure;
import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Restores under chaos, round after round: {@code deploy/chaos}. */
public final class ChaosMain {
    private static final int NOT_EXACT = 1;
    private static final int BAD_USAGE = 2;
    private static final Stage.Setup SETUP = new Stage.Setup(
            SandboxOptions.defaults()
                    .withSource(ClusterOptions.of(1).withProperty("log.cleaner.backoff.ms", "500"))
                    .withTarget(ClusterOptions.of(3)),
            new Fleet.Size(2, 3, 3),
            "-XX:TieredStopAtLevel=1");

    private ChaosMain() {}

    /** Exits with 0 if every round was exact, 1 if one was not, 2 for a bad command line. */
    public static void main(String[] args) throws IOException {
        if (List.of(args).contains("--help")) {
            System.out.print(ChaosOptions.USAGE);
            return;
        }
        try {
            ChaosOptions options = ChaosOptions.parse(List.of(args), System.currentTimeMillis());
            System.exit(run(options, Files.createTempDirectory("segue-chaos-"), System.out) ? 0 : NOT_EXACT);
        } catch (ChaosOptions.Bad e) {
            System.err.println(e.getMessage() + "\n\n" + ChaosOptions.USAGE);
            System.exit(BAD_USAGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(NOT_EXACT);
        }
    }

    /**
     * @param directory of this run: configurations and logs of the fleet stay there
     * @return whether every round was exact
     */
    static boolean run(ChaosOptions options, Path directory, PrintStream out) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(options.minutes()).toNanos();
        Tally tally = new Tally();
        out.println("Chaos: seed " + options.seed() + ", files in " + directory);
        SmallDisk disk = SmallDisk.below(directory);
        try (Stage stage = Stage.open(options.kafkaBackup(), disk, SETUP, line -> {}, () -> {})) {
            stage.startFleet();
            Worlds worlds = new Worlds(stage, options.records());
            for (int round = 0; round < options.rounds() && System.nanoTime() - end < 0; round++) {
                long seed = options.seed() + round;
                try {
                    Round restore = new Round(stage, disk, worlds.of(Mix.of(round)), indented(out));
                    one(restore, "round " + (round + 1) + ", seed " + seed, seed, tally, out);
                } catch (RunFailure | SandboxException | IllegalStateException e) {
                    out.println("round " + (round + 1) + ", seed " + seed + ": BROKE OFF: " + e.getMessage());
                    out.println("files in " + directory);
                    return false;
                }
            }
        }
        out.println(tally.words());
        return tally.exact();
    }

    private static void one(Round round, String name, long seed, Tally tally, PrintStream out)
            throws InterruptedException {
        long begin = System.nanoTime();
        out.println(name + ": " + round.words());
        Round.Outcome outcome = round.run(seed);
        Proof proof = outcome.proof();
        Comparison sum = proof.sum();
        out.printf(
                "%s: %s: %d faults, %d resumes, lost %d, doubled %d, foreign %d, moved %d, groups %d of %d exact, %d s%n",
                name,
                proof.exact() ? "exact" : "NOT EXACT",
                outcome.strikes().size(),
                outcome.resumes(),
                sum.lost(),
                sum.duplicates(),
                sum.foreign(),
                sum.moved(),
                proof.exactGroups(),
                proof.groupCount(),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        proof.findings().forEach(finding -> out.println("    " + finding));
        tally.add(outcome);
        round.clean();
    }

    private static Consumer<String> indented(PrintStream out) {
        return text -> text.lines().forEach(line -> out.println("    " + line));
    }
}
