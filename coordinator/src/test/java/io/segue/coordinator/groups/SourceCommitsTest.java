package io.segue.coordinator.groups;

import static io.segue.coordinator.groups.Worlds.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.kafka.GroupCommits;
import io.segue.protocol.kafka.GroupCommits.Commit;
import io.segue.protocol.manifest.GroupSnapshot;
import io.segue.protocol.manifest.SourceRecord;
import io.segue.protocol.manifest.SourceRecord.SourceCommit;
import io.segue.protocol.manifest.SourceRecord.SourceGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceCommitsTest {
    private static final GroupSnapshot PEERS =
            new GroupSnapshot(7, List.of(new GroupCommits("g", Map.of(at("orders", 0), new Commit(5, null)))));

    private static SourceRecord record(SourceGroup... groups) {
        return new SourceRecord("source", 9, List.of(), List.of(groups));
    }

    @Test
    void ourOwnRecordComesFirstForItKeepsMetadata() {
        SourceRecord record = record(new SourceGroup(
                "g",
                "Empty",
                List.of(new SourceCommit("orders", 0, 6, "mine"), new SourceCommit("orders", 1, -1, null))));

        SourceCommits commits =
                SourceCommits.of(Optional.of(record), Optional.of(PEERS)).orElseThrow();

        assertEquals("segue-source.json", commits.origin());
        assertEquals(
                Map.of("g", new GroupCommits("g", Map.of(at("orders", 0), new Commit(6, "mine")))), commits.groups());
    }

    @Test
    void thePeersSnapshotServesAnArchiveOfThePeer() {
        assertEquals(
                "consumer-groups-snapshot.json",
                SourceCommits.of(Optional.empty(), Optional.of(PEERS))
                        .orElseThrow()
                        .origin());
        assertEquals(
                "consumer-groups-snapshot.json",
                SourceCommits.of(Optional.of(record()), Optional.of(PEERS))
                        .orElseThrow()
                        .origin());
    }

    @Test
    void aBackupWithoutGroupsSaysSo() {
        assertEquals(Optional.empty(), SourceCommits.of(Optional.empty(), Optional.empty()));
    }
}
