package io.segue.worker.restore;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.segment.SegmentHeader;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.store.ObjectStore;
import io.segue.worker.spool.SpooledSegment;
import java.nio.file.Path;
import java.util.Optional;

/** Brings one segment here and checks it. */
final class SegmentFetch {
    private final ObjectStore backup;
    private final Path spool;

    SegmentFetch(ObjectStore backup, Path spool) {
        this.backup = backup;
        this.spool = spool;
    }

    /** A fetched segment, checked as a whole; {@link #close} removes its file. */
    record Fetched(SegmentReader reader, SpooledSegment spooled) implements AutoCloseable {
        @Override
        public void close() {
            reader.close();
            spooled.close();
        }
    }

    Fetched fetch(SegmentRef segment) {
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
