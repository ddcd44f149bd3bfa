package io.segue.sandbox.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the faults that fire for one request come to. */
record FaultPlan(List<InjectedFault> firing) {
    /** Where a body ends early, and how. */
    record Break(long at, Optional<InjectedFault> stalledBy) {}

    Duration delay() {
        return all(Fault.Delay.class).map(Fault.Delay::time).reduce(Duration.ZERO, Duration::plus);
    }

    OptionalInt error() {
        return all(Fault.ErrorAnswer.class).mapToInt(Fault.ErrorAnswer::status).findFirst();
    }

    /** Bytes a second; the tightest limit counts. */
    OptionalLong bandwidth() {
        return all(Fault.Bandwidth.class)
                .mapToLong(Fault.Bandwidth::bytesPerSecond)
                .min();
    }

    List<Long> corrupted() {
        return all(Fault.Corrupt.class).map(Fault.Corrupt::position).toList();
    }

    OptionalLong truncated() {
        return all(Fault.Truncate.class).mapToLong(Fault.Truncate::toBytes).findFirst();
    }

    Optional<Break> breakOf(Fault.Side side) {
        return firing.stream().flatMap(fault -> breaks(fault, side)).findFirst();
    }

    private static Stream<Break> breaks(InjectedFault injected, Fault.Side side) {
        Fault fault = injected.rule().fault();
        if (fault instanceof Fault.Cut cut && cut.side() == side) {
            return Stream.of(new Break(cut.afterBytes(), Optional.empty()));
        } else if (fault instanceof Fault.Stall stall && stall.side() == side) {
            return Stream.of(new Break(stall.afterBytes(), Optional.of(injected)));
        }
        return Stream.empty();
    }

    private <T extends Fault> Stream<T> all(Class<T> kind) {
        return firing.stream()
                .map(injected -> injected.rule().fault())
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
