package io.segue.e2e.proof;

import static io.segue.e2e.proof.Records.record;
import static io.segue.e2e.proof.Records.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final Fingerprint plain = of(1, "key", "value", headers());

    @Test
    void isThatOfAnEqualRecord() {
        assertEquals(plain, of(1, "key", "value", headers()));
    }

    @Test
    void changesWithEachPart() {
        assertNotEquals(plain, of(2, "key", "value", headers()));
        assertNotEquals(plain, of(1, "kez", "value", headers()));
        assertNotEquals(plain, of(1, "key", "valuf", headers()));
        assertNotEquals(plain, of(1, "key", "value", new RecordHeaders()));
        RecordHeaders otherValue = new RecordHeaders();
        otherValue.add("a", utf8("1")).add("b", utf8("3"));
        assertNotEquals(plain, of(1, "key", "value", otherValue));
    }

    @Test
    void tellsTheOrderOfHeaders() {
        RecordHeaders swapped = new RecordHeaders();
        swapped.add("b", utf8("2")).add("a", utf8("1"));
        assertNotEquals(plain, of(1, "key", "value", swapped));
    }

    @Test
    void tellsNullFromEmpty() {
        RecordHeaders none = new RecordHeaders();
        none.add("a", null);
        RecordHeaders empty = new RecordHeaders();
        empty.add("a", new byte[0]);
        assertNotEquals(of(1, "key", "value", none), of(1, "key", "value", empty));
    }

    @Test
    void tellsBytesThatMovedFromOneFieldToTheNext() {
        assertNotEquals(of(1, "ab", "c", headers()), of(1, "a", "bc", headers()));
    }

    private static RecordHeaders headers() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("a", utf8("1")).add("b", utf8("2"));
        return headers;
    }

    private static Fingerprint of(long timestamp, String key, String value, RecordHeaders headers) {
        return Fingerprint.of(record(timestamp, key, value, headers));
    }
}
