package io.segue.worker.restore;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.segment.SegmentHeader;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.time.Backoff;
import io.segue.protocol.time.Time;
import io.segue.worker.spool.SpooledSegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one segment here and checks it; one that arrives damaged is fetched again, for the damage may be of the way. */
final class SegmentFetch {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFetch.class);
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), 4);

    private final ObjectStore backup;
    private final Path spool;
    private final Time time;

    SegmentFetch(ObjectStore backup, Path spool, Time time) {
        this.backup = backup;
        this.spool = spool;
        this.time = time;
    }

    /** A fetched segment, checked as a whole; {@link #close} removes its file. */
    record Fetched(SegmentReader reader, SpooledSegment spooled) implements AutoCloseable {
        @Override
        public void close() {
            reader.close();
            spooled.close();
        }
    }

    /** @throws DamagedSegmentException if it arrives damaged each time */
    Fetched fetch(SegmentRef segment) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(segment);
            } catch (DamagedSegmentException e) {
                if (!AGAIN.goesOn(attempt)) {
                    throw e;
                }
                LOG.warn("fetched again attempt={} because={}", attempt, e.getMessage());
                pause(segment, attempt);
            }
        }
    }

    private void pause(SegmentRef segment, int attempt) {
        try {
            time.pause(AGAIN, attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable(segment.key() + ": fetching was cancelled", e);
        }
    }

    private Fetched once(SegmentRef segment) {
        SpooledSegment spooled = SpooledSegment.fetch(backup, segment.key(), spool);
        try {
            return new Fetched(check(segment, spooled), spooled);
        } catch (RuntimeException e) {
            spooled.close();
            throw e;
        }
    }

    private static SegmentReader check(SegmentRef segment, SpooledSegment spooled) {
        SegmentReader reader = SegmentReader.open(segment.key(), spooled.content(), SegmentLimits.here());
        Optional<SegmentHeader> header = reader.header();
        if (header.isPresent() && header.get().recordCount() != segment.recordCount()) {
            reader.close();
            throw new UnexpectedSegmentException(
                    segment.key(),
                    "holds " + header.get().recordCount() + " records, the manifest says " + segment.recordCount()
                            + ": the object was replaced after the backup, or the manifest is of another one");
        }
        return reader;
    }
}
