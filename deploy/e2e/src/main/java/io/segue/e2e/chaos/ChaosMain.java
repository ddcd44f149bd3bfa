package io.segue.e2e.chaos;

import io.segue.e2e.proof.Comparison;
import io.segue.e2e.proof.Proof;
import io.segue.e2e.proof.RunFailure;
import io.segue.sandbox.SandboxException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Restores under chaos, round after round: {@code deploy/chaos}. */
public final class ChaosMain {
    private static final int NOT_EXACT = 1;
    private static final int BAD_USAGE = 2;

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
        try (ChaosStage stage = ChaosStage.open(options.kafkaBackup(), directory)) {
            Worlds worlds = new Worlds(stage, options.records());
            for (int round = 0; round < options.rounds() && System.nanoTime() - end < 0; round++) {
                long seed = options.seed() + round;
                try {
                    one(stage, worlds.of(Mix.of(round)), round, seed, tally, out);
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

    private static void one(ChaosStage stage, Prepared prepared, int number, long seed, Tally tally, PrintStream out)
            throws InterruptedException {
        long begin = System.nanoTime();
        String head = "round " + (number + 1) + ", mix " + prepared.mix() + ", seed " + seed + ": ";
        out.println(head + "restoring " + prepared.records() + " records");
        Round round = new Round(stage, prepared, text -> text.lines().forEach(line -> out.println("    " + line)));
        Round.Story story = round.run(seed);
        Proof proof = new Check(stage.source(), stage.target().bootstrapServers(), prepared)
                .proof(line -> out.println("    " + line));
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        Comparison sum = proof.sum();
        out.printf(
                "%s%s: %d faults, %d resumes, lost %d, doubled %d, foreign %d, moved %d, groups %d of %d exact, %d s%n",
                head,
                proof.exact() ? "exact" : "NOT EXACT",
                story.strikes().size(),
                story.resumes(),
                sum.lost(),
                sum.duplicates(),
                sum.foreign(),
                sum.moved(),
                proof.exactGroups(),
                proof.groupCount(),
                seconds);
        proof.findings().forEach(finding -> out.println("    " + finding));
        tally.add(prepared.records(), story, proof);
        round.clean();
    }
}
