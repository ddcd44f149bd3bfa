package io.segue.e2e.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.demo.RestoreAct.Death;
import io.segue.e2e.proof.Comparison;
import io.segue.e2e.proof.GroupVerdict;
import io.segue.e2e.proof.Proof;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final Comparison CLEAN = new Comparison(2_000, 0, 0, 0, 0, List.of());
    private static final GroupVerdict EXACT = new GroupVerdict("g", 3, List.of());

    private static final Death DEATH = new Death("worker-2", Map.of(new TopicPartition("t", 0), 867L));

    @Test
    void tableOfAnExactRun() {
        Result result = result(new Proof(List.of(CLEAN, CLEAN), List.of(EXACT, EXACT), List.of()));
        assertTrue(result.exact());
        assertEquals("""
                +--------------+-----------------------+
                | records      | 2,000 in 3 partitions |
                | restored     | 8 MB in 2 s, 4.0 MB/s |
                | worker-2     | killed at 43 %        |
                | lost         | 0                     |
                | duplicates   | 0                     |
                | altered      | 0                     |
                | out of order | 0                     |
                | groups exact | 1/1                   |
                | elapsed      | 1:02                  |
                +--------------+-----------------------+""", result.table());
    }

    @Test
    void isNotExactIfOneReadingIsNot() {
        Comparison lossy = new Comparison(2_000, 1, 0, 0, 0, List.of("lost one"));
        Result result = result(new Proof(List.of(CLEAN, lossy), List.of(EXACT), List.of()));
        assertFalse(result.exact());
        assertEquals(List.of("lost one"), result.findings());
    }

    @Test
    void aGroupIsExactOnlyWithBothIsolationLevels() {
        GroupVerdict wrong = new GroupVerdict("g", 3, List.of("g is elsewhere"));
        Proof proof = new Proof(List.of(CLEAN), List.of(EXACT, wrong), List.of());
        assertFalse(proof.exact());
        assertEquals(0, proof.exactGroups());
        assertEquals(1, proof.groupCount());
        assertEquals(List.of("g is elsewhere"), proof.findings());
    }

    @Test
    void aForgottenTopicSettingIsNotExact() {
        Proof proof = new Proof(List.of(CLEAN), List.of(EXACT), List.of("retention"));
        assertFalse(proof.exact());
        assertEquals(List.of("retention"), proof.findings());
    }

    private static Result result(Proof proof) {
        return new Result(2_000, 3, 8_000_000, List.of(DEATH), 2.0, proof, " 1:02");
    }
}
