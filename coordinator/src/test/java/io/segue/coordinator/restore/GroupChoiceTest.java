package io.segue.coordinator.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.ConfigLoader;
import io.segue.protocol.config.ConfigResult;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.RestoreSpec.Chosen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C10: what is reset, on whose word; the backup of {@link JobWorld} knows the group billing. */
class GroupChoiceTest {
    private static final BackupArchive ARCHIVE = new JobWorld().archive();

    private static JobConfig config(String sections) {
        String text = """
                mode: restore
                backup_id: backup-1
                target: {bootstrap_servers: ["localhost:9092"]}
                storage: {backend: filesystem, path: backups}
                """ + sections.replace("; ", "\n") + "\n";
        ConfigResult result = new ConfigLoader(Map.of()).load("job.yaml", text);
        if (result instanceof ConfigResult.Loaded loaded) {
            return loaded.config();
        }
        throw new AssertionError(result);
    }

    private static GroupChoice.Outcome restore(String sections) {
        return GroupChoice.of(config(sections), ARCHIVE, false);
    }

    private static GroupChoice.Outcome threePhases(String sections) {
        return GroupChoice.of(config(sections), ARCHIVE, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "offset_reset: {strategy: header-based, groups: [billing]}",
                "offset_reset: {strategy: earliest, groups: [billing]}",
                "restore: {consumer_groups: [billing]}",
            })
    void groupsThatAreOnlyNamedStayWhereTheyAre(String sections) {
        GroupChoice.Outcome outcome = restore(sections);

        assertEquals(false, outcome.groups().reset());
        assertEquals(1, outcome.notes().size());
        assertTrue(outcome.notes().get(0).startsWith("no committed offset is touched"), outcome.toString());
        assertEquals(true, threePhases(sections).groups().reset());
        assertEquals(List.of("billing"), threePhases(sections).groups().names());
        assertEquals(List.of(), threePhases(sections).notes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restore: {reset_consumer_offsets: true, consumer_groups: [billing]}",
                "restore: {auto_consumer_groups: true}",
                "restore: {auto_consumer_groups: true}; offset_reset: {strategy: from-mapping, groups: [billing]}",
            })
    void aSwitchResets(String sections) {
        assertEquals(true, restore(sections).groups().reset());
        assertEquals(List.of(), restore(sections).contradictions());
    }

    @Test
    void withoutASwitchOrANameNothingIsResetAndNothingSaid() {
        assertEquals(false, restore("").groups().reset());
        assertEquals(List.of(), restore("").notes());
        assertEquals(true, threePhases("").groups().reset(), "three phases reset all that the backup knows");
    }

    @ParameterizedTest
    @CsvSource({
        "'strategy: timestamp, timestamp: 5', timestamp, 5",
        "'strategy: offset, offset: 7', offset, 7",
        "strategy: earliest, earliest,",
        "strategy: latest, latest,",
    })
    void aChosenPositionIsTakenOver(String asked, String strategy, Long value) {
        assertEquals(
                new Chosen(strategy, value),
                threePhases("offset_reset: {" + asked + "}").groups().chosen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"header-based", "from-mapping"})
    void aTranslationIsByTheJobsOwnMapping(String strategy) {
        assertEquals(
                null,
                threePhases("offset_reset: {strategy: " + strategy + "}")
                        .groups()
                        .chosen());
    }

    @Test
    void whatWouldMeanAnotherMappingIsAContradiction() {
        assertContradicts(
                "offset_reset.source_cluster is 'other', but backup 'backup-1' is of cluster 'source-cluster'",
                restore("offset_reset: {strategy: header-based, source_cluster: other}"));
        assertContradicts(
                "offset_reset.mapping_file",
                threePhases("offset_reset: {strategy: from-mapping, mapping_file: m.json}"));
        assertContradicts(
                "offset_reset.topic_mapping maps orders to elsewhere, but it is restored to orders",
                threePhases("offset_reset: {strategy: from-mapping, topic_mapping: {orders: elsewhere}}"));
        assertEquals(
                List.of(),
                threePhases("offset_reset: {strategy: header-based, source_cluster: source-cluster}")
                        .contradictions());
    }

    @Test
    void aBackupWithoutGroupsCannotBringThemBack() {
        BackupArchive bare =
                new BackupArchive(ARCHIVE.manifest(), ARCHIVE.manifestSha256(), Optional.empty(), Optional.empty());

        assertContradicts("holds no group snapshot", GroupChoice.of(config(""), bare, true));
        assertEquals(List.of(), GroupChoice.of(config(""), bare, false).contradictions());
    }

    @Test
    void aGroupThatTheBackupDoesNotKnowIsNamedBeforehand() {
        GroupChoice.Outcome outcome =
                restore("restore: {reset_consumer_offsets: true, consumer_groups: [biling, 'b*']}");

        assertEquals(
                List.of("the backup knows no group 'biling', so it cannot be reset; it knows [billing]"),
                outcome.notes());
    }

    private static void assertContradicts(String words, GroupChoice.Outcome outcome) {
        assertEquals(1, outcome.contradictions().size(), outcome.toString());
        assertTrue(outcome.contradictions().get(0).contains(words), outcome.toString());
    }
}
