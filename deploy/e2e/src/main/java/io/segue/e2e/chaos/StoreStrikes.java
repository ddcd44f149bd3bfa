package io.segue.e2e.chaos;

import io.segue.e2e.chaos.Plan.Kind;
import io.segue.e2e.chaos.Plan.Step;
import io.segue.e2e.proof.RunFailure;
import io.segue.sandbox.faults.Fault;
import io.segue.sandbox.faults.FaultRule;
import io.segue.sandbox.faults.InjectedFault;
import io.segue.sandbox.faults.S3Faults;
import io.segue.sandbox.faults.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to the object store, to everything that is kept there, and to the disk of the workers. */
final class StoreStrikes {
    private static final long BYTES = 1 << 20;
    private static final String SEGMENTS = "/topics/";

    private final S3Faults faults;
    private final Path spool;
    private final boolean spoolIsSmall;
    private final List<InjectedFault> active = new ArrayList<>();

    /**
     * @param spool where workers keep what they read
     * @param spoolIsSmall whether it may be filled up without harm to others
     */
    StoreStrikes(S3Faults faults, Path spool, boolean spoolIsSmall) {
        this.faults = faults;
        this.spool = spool;
        this.spoolIsSmall = spoolIsSmall;
    }

    List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>(List.of(
                new Kind("errors", 1, 4_000),
                new Kind("slow", 1, 5_000),
                new Kind("lost answers", 1, 4_000),
                new Kind("stall", 1, 5_000),
                new Kind("truncate", 1, 4_000),
                new Kind("corrupt", 1, 4_000)));
        if (spoolIsSmall) {
            kinds.add(new Kind("full disk", 1, 4_000));
        }
        return kinds;
    }

    Strike strike(Step step) {
        Trigger often = new Trigger.Probability(0.4, step.luck());
        int place = (int) Math.floorMod(step.luck(), 2_000L);
        return switch (step.kind().name()) {
            case "errors" -> of("store errors", rule(new Fault.ErrorAnswer(503)).when(often));
            case "slow" ->
                of("slow store", rule(new Fault.Delay(Duration.ofMillis(700))).when(often));
            case "lost answers" ->
                of(
                        "lost answers of the store",
                        rule(new Fault.Cut(Fault.Side.RESPONSE, 0)).when(often));
            case "stall" ->
                of(
                        "store stalls",
                        rule(new Fault.Stall(Fault.Side.RESPONSE, place)).when(often));
            case "truncate" ->
                of(
                        "truncated segments",
                        rule(new Fault.Truncate(place))
                                .onMethod("GET")
                                .onKey(SEGMENTS)
                                .when(often));
            case "corrupt" ->
                of(
                        "corrupt segments",
                        rule(new Fault.Corrupt(place))
                                .onMethod("GET")
                                .onKey(SEGMENTS)
                                .when(often));
            case "full disk" -> new Strike("full disk", this::fill, this::free);
            default -> throw new IllegalArgumentException(step.kind().name());
        };
    }

    private static FaultRule rule(Fault fault) {
        return FaultRule.always(fault);
    }

    private Strike of(String name, FaultRule rule) {
        return new Strike(name, () -> active.add(faults.inject(rule)), () -> {
            active.forEach(InjectedFault::close);
            active.clear();
        });
    }

    private void fill() {
        byte[] nothing = new byte[(int) BYTES];
        try (var out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(nothing);
            }
        } catch (IOException full) {
            // as meant
        }
    }

    private void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new RunFailure("cannot free " + spool, e);
        }
    }

    private Path filler() {
        return spool.resolve("chaos-filler");
    }
}
