package io.segue.e2e.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThroughputTest {
    @Test
    void countsFromTheFirstRecordToTheLast() {
        Throughput throughput = new Throughput();
        throughput.seen(0, 100);
        throughput.seen(1_000_000_000L, 100);
        throughput.seen(2_000_000_000L, 150);
        throughput.seen(3_000_000_000L, 300);
        throughput.seen(9_000_000_000L, 300);
        assertEquals(200, throughput.records());
        assertEquals(2.0, throughput.seconds(), 1e-9);
    }

    @Test
    void isNothingBeforeAnythingComes() {
        Throughput throughput = new Throughput();
        assertEquals(0, throughput.seconds(), 0);
        throughput.seen(5, 10);
        assertEquals(0, throughput.records());
        assertEquals(0, throughput.seconds(), 0);
    }
}
