package io.segue.cli.archive;

import io.segue.protocol.manifest.Manifest.Segment;
import io.segue.protocol.segment.DamagedSegmentException;
import io.segue.protocol.segment.SegmentHeader;
import io.segue.protocol.segment.SegmentLimits;
import io.segue.protocol.segment.SegmentReader;
import io.segue.protocol.segment.SegmentRecord;
import io.segue.protocol.segment.StoredSegment;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a stored segment to its last record. Small ones are held in memory, others are spooled to a file. */
final class SegmentAudit {
    private final ObjectStore store;
    private final Path spool;
    private final long inMemory;

    /**
     * @param spool an existing directory for one segment at a time
     * @param inMemory bytes up to which a segment is small
     */
    SegmentAudit(ObjectStore store, Path spool, long inMemory) {
        this.store = store;
        this.spool = spool;
        this.inMemory = inMemory;
    }

    /**
     * What reading a segment found.
     *
     * @param records read before the damage, if there is any
     * @param damage with its position
     */
    record Result(long records, Optional<String> damage, List<String> remarks) {}

    /** @param size of the stored object, in bytes */
    Result read(Segment segment, long size) {
        if (size <= inMemory) {
            try {
                return decode(segment, StoredSegment.of(store.read(segment.key(), inMemory)));
            } catch (StoreException.NotFound e) {
                return new Result(0, Optional.of("disappeared while it was read"), List.of());
            }
        }
        Path file = spool.resolve("segment");
        try {
            try (InputStream in = store.open(segment.key(), 0)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            return decode(segment, StoredSegment.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("spooling " + segment.key() + " to " + file + ": " + e.getMessage(), e);
        }
    }

    private static Result decode(Segment segment, StoredSegment stored) {
        long records = 0;
        long first = -1;
        long last = -1;
        try (SegmentReader reader = SegmentReader.open(segment.key(), stored, SegmentLimits.DEFAULT)) {
            for (SegmentRecord record = reader.next(); record != null; record = reader.next()) {
                first = records == 0 ? record.offset() : first;
                last = record.offset();
                records++;
            }
            List<String> differences = new ArrayList<>();
            reader.header().ifPresent(header -> compare(segment, header, differences));
            compare("the manifest says", segment.recordCount(), "the segment holds", records, "records", differences);
            if (records > 0) {
                compare(
                        "the manifest begins at",
                        segment.startOffset(),
                        "the first record has",
                        first,
                        "as offset",
                        differences);
                compare(
                        "the manifest ends at",
                        segment.endOffset(),
                        "the last record has",
                        last,
                        "as offset",
                        differences);
            }
            return new Result(records, joined(differences), reader.remarks());
        } catch (DamagedSegmentException e) {
            String prefix = segment.key() + ": ";
            String message = String.valueOf(e.getMessage());
            return new Result(
                    records,
                    Optional.of(message.startsWith(prefix) ? message.substring(prefix.length()) : message),
                    List.of());
        }
    }

    private static void compare(Segment segment, SegmentHeader header, List<String> differences) {
        compare("the manifest says", segment.recordCount(), "the header", header.recordCount(), "records", differences);
        compare(
                "the manifest begins at",
                segment.startOffset(),
                "the header at",
                header.startOffset(),
                "",
                differences);
        compare("the manifest ends at", segment.endOffset(), "the header at", header.endOffset(), "", differences);
    }

    private static void compare(
            String expectedBy, long expected, String foundBy, long found, String what, List<String> differences) {
        if (expected != found) {
            differences.add(
                    expectedBy + " " + expected + ", " + foundBy + " " + found + (what.isEmpty() ? "" : " " + what));
        }
    }

    private static Optional<String> joined(List<String> differences) {
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }
}
