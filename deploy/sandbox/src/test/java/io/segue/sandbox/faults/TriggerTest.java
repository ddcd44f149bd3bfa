package io.segue.sandbox.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TriggerTest {
    private static final FaultRule RULE = FaultRule.always(new Fault.ErrorAnswer(500));

    @Test
    void chooseByCount() {
        assertEquals("xxxxxx", choices(new Trigger.Always(), 6));
        assertEquals("--x--x", choices(new Trigger.EveryNth(3), 6));
        assertEquals("xx----", choices(new Trigger.First(2), 6));
    }

    @Test
    void chooseByChanceTheSameForTheSameSeed() {
        String one = choices(new Trigger.Probability(0.3, 42), 1_000);
        assertEquals(one, choices(new Trigger.Probability(0.3, 42), 1_000));
        assertNotEquals(one, choices(new Trigger.Probability(0.3, 43), 1_000));
        long fired = one.chars().filter(c -> c == 'x').count();
        assertTrue(fired > 200 && fired < 400, "fired " + fired + " of 1,000 at 0.3");
    }

    @Test
    void countOnlyWhatTheRuleMatches() {
        InjectedFault fault =
                new S3Faults().inject(RULE.onMethod("put").onKey("a$").when(new Trigger.First(1)));
        assertEquals("-", choice(fault.firesFor("GET", "a")));
        assertEquals("-", choice(fault.firesFor("PUT", "ab")));
        assertEquals("x", choice(fault.firesFor("PUT", "ba")));
        assertEquals(1, fault.fired());
    }

    @Test
    void refuseWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new Trigger.EveryNth(0));
        assertThrows(IllegalArgumentException.class, () -> new Trigger.First(-1));
        assertThrows(IllegalArgumentException.class, () -> new Trigger.Probability(1.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Fault.ErrorAnswer(200));
        assertThrows(IllegalArgumentException.class, () -> new Fault.Bandwidth(0));
    }

    private static String choices(Trigger trigger, int requests) {
        InjectedFault fault = new S3Faults().inject(RULE.when(trigger));
        return IntStream.range(0, requests)
                .mapToObj(i -> choice(fault.firesFor("GET", "key")))
                .collect(Collectors.joining());
    }

    private static String choice(boolean fires) {
        return fires ? "x" : "-";
    }
}
