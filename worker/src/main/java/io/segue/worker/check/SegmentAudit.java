package io.segue.worker.check;

import io.segue.protocol.job.RestoreTask.SegmentRef;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.segment.SegmentHeader;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.segment.TransactionMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a segment to its last record, and compares it with what the manifest says of it. Pure. */
final class SegmentAudit {
    private SegmentAudit() {}

    /**
     * What reading a segment found.
     *
     * @param records read before the damage, if there is any
     * @param damage with its position
     */
    record Result(long records, Optional<String> damage, List<String> remarks) {}

    static Result read(SegmentRef segment, StoredSegment stored) {
        long records = 0;
        long first = -1;
        long last = -1;
        long markers = 0;
        long aborts = 0;
        long firstMarker = 0;
        try (SegmentReader reader = SegmentReader.open(segment.key(), stored, SegmentLimits.here())) {
            for (SegmentRecord record = reader.next(); record != null; record = reader.next()) {
                first = records == 0 ? record.offset() : first;
                last = record.offset();
                records++;
                if (TransactionMarker.looksLike(record)) {
                    firstMarker = markers == 0 ? record.offset() : firstMarker;
                    markers++;
                    aborts += TransactionMarker.aborts(record) ? 1 : 0;
                }
            }
            Differences differences = new Differences();
            reader.header().ifPresent(header -> compare(segment, header, differences));
            differences.add("the manifest says", segment.recordCount(), "the segment holds", records, "records");
            if (records > 0) {
                differences.add(
                        "the manifest begins at", segment.startOffset(), "the first record has", first, "as offset");
                differences.add("the manifest ends at", segment.endOffset(), "the last record has", last, "as offset");
            }
            List<String> remarks = new ArrayList<>(reader.remarks());
            if (markers > 0) {
                remarks.add(markers + " records, the first at source offset " + firstMarker + ", have the form of a"
                        + " transaction's end" + (aborts == 0 ? "" : ", " + aborts + " of an aborted one's")
                        + ": restore.drop_transaction_markers leaves them out");
            }
            return new Result(records, differences.joined(), remarks);
        } catch (DamagedSegmentException e) {
            String prefix = segment.key() + ": ";
            String message = String.valueOf(e.getMessage());
            return new Result(
                    records,
                    Optional.of(message.startsWith(prefix) ? message.substring(prefix.length()) : message),
                    List.of());
        }
    }

    private static void compare(SegmentRef segment, SegmentHeader header, Differences differences) {
        differences.add("the manifest says", segment.recordCount(), "the header", header.recordCount(), "records");
        differences.add("the manifest begins at", segment.startOffset(), "the header at", header.startOffset(), "");
        differences.add("the manifest ends at", segment.endOffset(), "the header at", header.endOffset(), "");
    }

    private static final class Differences {
        private final List<String> found = new ArrayList<>();

        void add(String expectedBy, long expected, String foundBy, long seen, String what) {
            if (expected != seen) {
                found.add(
                        expectedBy + " " + expected + ", " + foundBy + " " + seen + (what.isEmpty() ? "" : " " + what));
            }
        }

        Optional<String> joined() {
            return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
        }
    }
}
