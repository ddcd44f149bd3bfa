package io.segue.protocol.segment;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes one LZ4 block with the uncompressed length (u32, little-endian) in front, as the stream is read. It holds the
 * 64 KiB that a match may reach back to, never the whole block; it never yields more than the declared length.
 */
final class Lz4BlockInputStream extends InputStream {
    private static final int HISTORY = 1 << 16;
    private static final int MIN_MATCH = 4;
    /** More than a short sequence reads or writes, words that stick out included. */
    private static final int ROOM = 48;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private enum Next {
        TOKEN,
        LITERALS,
        OFFSET,
        MATCH,
        END
    }

    private final InputStream in;
    private final byte[] input = new byte[1 << 16];
    private int inputAt;
    private int inputEnd;

    private final byte[] window = new byte[4 * HISTORY];
    private int unread;
    private int end;

    private final long declared;
    private long produced;
    private Next next = Next.TOKEN;
    private int token;
    private long left;
    private int distance;

    /** @throws IOException if the length is missing */
    Lz4BlockInputStream(InputStream in) throws IOException {
        this.in = in;
        long length = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            length |= (long) need() << shift;
        }
        this.declared = length;
    }

    /** The uncompressed length that the block declares, in bytes. */
    long declaredLength() {
        return declared;
    }

    @Override
    public int read() throws IOException {
        if (unread == end && !fill()) {
            return -1;
        }
        return window[unread++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (unread == end && !fill()) {
            return -1;
        }
        int n = Math.min(length, end - unread);
        System.arraycopy(window, unread, target, from, n);
        unread += n;
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Decodes until the window is full or the block ends; false if nothing came. */
    private boolean fill() throws IOException {
        if (end == window.length) {
            System.arraycopy(window, end - HISTORY, window, 0, HISTORY);
            end = HISTORY;
            unread = end;
        }
        while (end < window.length && next != Next.END) {
            switch (next) {
                case TOKEN -> {
                    shortSequences();
                    readToken();
                }
                case LITERALS -> copyLiterals();
                case OFFSET -> readOffset();
                case MATCH -> copyMatch();
                case END -> throw new AssertionError();
            }
        }
        return unread < end;
    }

    /**
     * Most sequences are short: up to 14 literals and a match of up to 18 bytes. Where there is room to read and write a
     * little too much, they are copied in whole words.
     */
    private void shortSequences() {
        int from = inputAt;
        int to = end;
        while (inputEnd - from >= ROOM && window.length - to >= ROOM) {
            int first = input[from] & 0xFF;
            int literals = first >> 4;
            int match = (first & 15) + MIN_MATCH;
            if (literals == 15 || match == 15 + MIN_MATCH || produced + literals + match > declared) {
                break;
            }
            LONG.set(window, to, (long) LONG.get(input, from + 1));
            LONG.set(window, to + 8, (long) LONG.get(input, from + 9));
            int back = (input[from + 1 + literals] & 0xFF) | (input[from + 2 + literals] & 0xFF) << 8;
            if (back == 0 || back > produced + literals) {
                break;
            }
            copyShort(to + literals, back, match);
            from += 3 + literals;
            to += literals + match;
            produced += literals + match;
        }
        inputAt = from;
        end = to;
    }

    private void copyShort(int to, int back, int length) {
        if (back >= 8) {
            for (int done = 0; done < length; done += 8) {
                LONG.set(window, to + done, (long) LONG.get(window, to + done - back));
            }
        } else {
            for (int i = to; i < to + length; i++) {
                window[i] = window[i - back];
            }
        }
    }

    private void readToken() throws IOException {
        token = need();
        left = length(token >> 4);
        next = Next.LITERALS;
    }

    private void copyLiterals() throws IOException {
        while (left > 0 && end < window.length) {
            if (inputAt == inputEnd && !refill()) {
                throw new MalformedBlockException("the LZ4 block ends " + left + " bytes before its literals do");
            }
            int n = (int) Math.min(left, Math.min(inputEnd - inputAt, window.length - end));
            System.arraycopy(input, inputAt, window, end, n);
            inputAt += n;
            advance(n);
        }
        if (left == 0) {
            next = inputAt < inputEnd || refill() ? Next.OFFSET : Next.END;
        }
    }

    private void readOffset() throws IOException {
        distance = need() | need() << 8;
        if (distance == 0 || distance > produced) {
            throw new MalformedBlockException(
                    "an LZ4 match reaches " + distance + " bytes back, where there are " + produced);
        }
        left = length(token & 15) + MIN_MATCH;
        checkDeclared();
        next = Next.MATCH;
    }

    private void copyMatch() {
        int n = (int) Math.min(left, window.length - end);
        if (distance >= n) {
            System.arraycopy(window, end - distance, window, end, n);
        } else {
            for (int i = end; i < end + n; i++) {
                window[i] = window[i - distance];
            }
        }
        advance(n);
        if (left == 0) {
            next = Next.TOKEN;
        }
    }

    private void advance(int n) {
        end += n;
        produced += n;
        left -= n;
    }

    private long length(int nibble) throws IOException {
        left = nibble;
        int more = nibble == 15 ? 255 : 0;
        while (more == 255) {
            more = need();
            left += more;
            checkDeclared();
        }
        checkDeclared();
        return left;
    }

    private void checkDeclared() throws IOException {
        if (produced + left > declared) {
            throw new MalformedBlockException(
                    "the LZ4 block holds more than the " + declared + " bytes that it declares");
        }
    }

    private int need() throws IOException {
        if (inputAt == inputEnd && !refill()) {
            throw new MalformedBlockException("the LZ4 block ends in the middle of a sequence");
        }
        return input[inputAt++] & 0xFF;
    }

    private boolean refill() throws IOException {
        inputAt = 0;
        inputEnd = Math.max(0, in.read(input, 0, input.length));
        return inputEnd > 0;
    }
}
