package io.segue.protocol.store.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumingBodyTest {
    private static final int PROGRESS = (int) ResumingBody.PROGRESS;

    private final byte[] object = new byte[8 * PROGRESS];
    private final List<Long> positions = new ArrayList<>();
    private final Deque<Connection> connections = new ArrayDeque<>();
    private final ManualTime time = new ManualTime();

    ResumingBodyTest() {
        new Random(7).nextBytes(object);
    }

    @Test
    void goesOnWhereAConnectionBroke() throws IOException {
        connections.add(new Connection(1000, Ending.BREAKS));
        connections.add(new Connection(0, Ending.BREAKS));
        connections.add(new Connection(5000, Ending.LOOKS_COMPLETE));
        connections.add(new Connection(object.length, Ending.LOOKS_COMPLETE));
        try (ResumingBody body = open(100)) {
            assertArrayEquals(Arrays.copyOfRange(object, 100, object.length), body.readAllBytes());
            assertEquals(-1, body.read());
        }
        assertEquals(List.of(1100L, 1100L, 6100L), positions);
    }

    @Test
    void givesUpWhereNothingMoves() throws IOException {
        for (int i = 0; i < Pauses.TRIES; i++) {
            connections.add(new Connection(10, i % 2 == 0 ? Ending.BREAKS : Ending.LOOKS_COMPLETE));
        }
        try (ResumingBody body = open(0)) {
            StoreException failure = assertThrows(StoreException.Unavailable.class, body::readAllBytes);
            assertTrue(failure.getMessage().contains("at byte 60 of " + object.length), failure.getMessage());
        }
        assertEquals(Pauses.TRIES - 1, positions.size());
    }

    @Test
    void breaksBetweenWhichMuchArrivedDoNotAddUp() throws IOException {
        for (int i = 0; i < 8; i++) {
            connections.add(new Connection(PROGRESS, Ending.BREAKS));
        }
        try (ResumingBody body = open(0)) {
            assertArrayEquals(object, body.readAllBytes());
        }
        assertEquals(7, positions.size());
    }

    @Test
    void neverMixesTwoVersions() throws IOException {
        connections.add(new Connection(1000, Ending.BREAKS));
        Connection replaced = new Connection(object.length, Ending.LOOKS_COMPLETE, object.length + 1);
        connections.add(replaced);
        try (ResumingBody body = open(0)) {
            StoreException failure = assertThrows(StoreException.Unavailable.class, body::readAllBytes);
            assertTrue(failure.getMessage().contains("replaced"), failure.getMessage());
        }
        assertTrue(replaced.aborted);
    }

    @Test
    void aStreamLeftEarlyIsNotReadToItsEnd() throws IOException {
        Connection first = new Connection(object.length, Ending.LOOKS_COMPLETE);
        connections.add(first);
        try (ResumingBody body = open(0)) {
            assertEquals(object[0] & 0xff, body.read());
        }
        assertTrue(first.aborted);
        assertFalse(first.closed);
    }

    @Test
    void aConnectionReadToItsEndIsKept() throws IOException {
        Connection first = new Connection(object.length, Ending.LOOKS_COMPLETE);
        connections.add(first);
        try (ResumingBody body = open(0)) {
            body.skipNBytes(object.length);
        }
        assertTrue(first.closed);
        assertFalse(first.aborted);
    }

    private ResumingBody open(int offset) {
        ResumingBody.Resume resume = (position, etag) -> {
            assertEquals("etag", etag);
            positions.add(position);
            return connections.remove().from(position);
        };
        return new ResumingBody("s3://bucket/key", connections.remove().from(offset), offset, resume, new Pauses(time));
    }

    private enum Ending {
        BREAKS,
        LOOKS_COMPLETE
    }

    /** A connection that gives so many bytes and then ends in its way. */
    private final class Connection extends InputStream implements ResumingBody.Answer {
        private final Ending ending;
        private final long objectSize;
        private final int gives;
        private int position;
        private int stop;
        private boolean aborted;
        private boolean closed;

        Connection(int gives, Ending ending) {
            this(gives, ending, object.length);
        }

        Connection(int gives, Ending ending, long objectSize) {
            this.gives = gives;
            this.ending = ending;
            this.objectSize = objectSize;
        }

        Connection from(long start) {
            position = (int) start;
            stop = Math.min(object.length, position + gives);
            return this;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("bodies are read in blocks");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (position == stop) {
                if (ending == Ending.BREAKS) {
                    throw new IOException("connection reset");
                }
                return -1;
            }
            int count = Math.min(length, stop - position);
            System.arraycopy(object, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public InputStream body() {
            return this;
        }

        @Override
        public String etag() {
            return "etag";
        }

        @Override
        public long objectSize() {
            return objectSize;
        }

        @Override
        public void abort() {
            aborted = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
