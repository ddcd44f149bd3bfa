package io.segue.protocol.store.s3;

import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The rest of an object, read over as many connections as it takes:
 *
 * <ol>
 *   <li>the first answer tells the object's size and ETag, and so the number of bytes that have to arrive;
 *   <li>a connection that breaks, falls silent or ends early is replaced by one that starts at the next byte, for the
 *       same ETag: bytes of two versions of an object are never mixed;
 *   <li>after {@value Pauses#TRIES} breaks in a row with less than {@link #PROGRESS} bytes between them it gives up, with
 *       {@link StoreException.Unavailable}.
 * </ol>
 *
 * The end is reported only after the last byte. Not for use by several threads.
 */
final class ResumingBody extends InputStream {
    /** One answer to a GET of the rest of an object. */
    interface Answer {
        InputStream body();

        String etag();

        /** Of the whole object, in bytes. */
        long objectSize();

        /** Closes the connection without reading what is left in it. */
        void abort();
    }

    /** Asks for the object from a byte on, if it still has the ETag. */
    @FunctionalInterface
    interface Resume {
        Answer from(long position, String etag);
    }

    static final long PROGRESS = 1 << 20;

    private final String what;
    private final Resume resume;
    private final Pauses pauses;
    private final long end;
    private Answer answer;
    private long position;
    private long lastBreak;
    private int breaks;

    ResumingBody(String what, Answer first, long position, Resume resume, Pauses pauses) {
        this.what = what;
        this.resume = resume;
        this.pauses = pauses;
        this.answer = first;
        this.position = position;
        this.lastBreak = position;
        this.end = first.objectSize();
    }

    long remaining() {
        return end - position;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            try {
                int count = answer.body().read(target, offset, (int) Math.min(length, end - position));
                if (count > 0) {
                    position += count;
                    return count;
                }
                reconnect(new IOException("the connection ended before the object did"));
            } catch (IOException | SdkException broken) {
                reconnect(broken);
            }
        }
        return -1;
    }

    private void reconnect(Exception broken) {
        answer.abort();
        breaks = position - lastBreak >= PROGRESS ? 1 : breaks + 1;
        lastBreak = position;
        if (!pauses.goesOn(breaks)) {
            throw new StoreException.Unavailable(
                    "cannot read " + what + ": the connection broke " + breaks + " times, last at byte " + position
                            + " of " + end + ": " + broken.getMessage(),
                    broken);
        }
        pauses.await(breaks, what);
        Answer next = resume.from(position, answer.etag());
        if (next.objectSize() != end) {
            next.abort();
            throw new StoreException.Unavailable(what + " was replaced while it was read; read it again", broken);
        }
        answer = next;
    }

    @Override
    public void close() {
        try {
            if (position == end) {
                answer.body().close();
                return;
            }
        } catch (IOException | SdkException alreadyBroken) {
            // every byte has arrived; only the connection cannot be used again
        }
        answer.abort();
    }
}
