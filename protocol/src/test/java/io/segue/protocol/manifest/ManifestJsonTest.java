package io.segue.protocol.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {
    private static final String SEGMENT =
            "{'key':'k','start_offset':1,'end_offset':2,'start_timestamp':-1," + "'end_timestamp':3,'record_count':2}";
    private static final String WHOLE = "{'backup_id':'b','created_at':1,'topics':[{'name':'t','partitions':["
            + "{'partition_id':0,'segments':[" + SEGMENT + "],'gaps':["
            + "{'start_offset':0,'end_offset':1,'reason':'offset_out_of_range','detected_at':5}]}]}]}";

    @Test
    void whatThePeerMayLeaveOutHasItsDefault() {
        Manifest manifest = read(WHOLE);
        assertEquals(null, manifest.sourceClusterId());
        assertEquals(List.of(), manifest.sourceBrokers());
        assertEquals("", manifest.compression());
        Manifest.Topic topic = manifest.topics().get(0);
        assertEquals(null, topic.originalPartitionCount());
        assertEquals(
                new Manifest.Segment("k", 1, 2, -1, 3, 2, 0, 0),
                topic.partitions().get(0).segments().get(0));
    }

    @Test
    void unknownFieldsAreIgnoredAtEveryLevel() {
        String extra = WHOLE.replace("{'", "{'later':{'a':[1,{'b':null}]},'");
        assertEquals(read(WHOLE), read(extra));
    }

    @Test
    void segmentsAndGapsComeInTheOrderOfTheirOffsets() {
        String later = SEGMENT.replace("'start_offset':1,'end_offset':2", "'start_offset':9,'end_offset':9");
        Manifest manifest = read(WHOLE.replace(SEGMENT, later + "," + SEGMENT));
        assertEquals(
                List.of(1L, 9L),
                manifest.topics().get(0).partitions().get(0).segments().stream()
                        .map(Manifest.Segment::startOffset)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'backup_id':'b',",
                "'created_at':1,",
                "'name':'t',",
                "'partition_id':0,",
                "'key':'k',",
                "'start_offset':1,",
                "'end_offset':2,",
                "'start_timestamp':-1,",
                "'end_timestamp':3,",
                "'start_offset':0,",
                "'end_offset':1,",
                "'reason':'offset_out_of_range',"
            })
    void aMissingFieldIsNamedWithItsPlace(String field) {
        String message = refusal(WHOLE.replace(field, ""));
        String name = field.substring(1, field.indexOf("':"));
        assertTrue(message.startsWith("b/manifest.json: the field \"" + name + "\" is missing ("), message);
        assertTrue(message.contains("line 1, column "), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'created_at':1 | 'created_at':1.0 | /created_at",
                "'created_at':1 | 'created_at':'1' | /created_at",
                "'created_at':1 | 'created_at':null | /created_at",
                "'created_at':1 | 'created_at':99999999999999999999 | /created_at",
                "'created_at':1 | 'created_at':1,'source_brokers':null | /source_brokers",
                "'created_at':1 | 'created_at':1,'source_brokers':[1] | /source_brokers/0",
                "'created_at':1 | 'created_at':1,'compression':null | /compression",
                "'created_at':1 | 'created_at':1,'created_at':2 | Duplicate",
                "'name':'t' | 'name':'../t' | /topics/0/name",
                "'name':'t' | 'name':'..' | /topics/0/name",
                "'name':'t' | 'name':'' | /topics/0/name",
                "'partition_id':0 | 'partition_id':-1 | /topics/0/partitions/0/partition_id",
                "'partition_id':0 | 'partition_id':2147483648 | /topics/0/partitions/0/partition_id",
                "'end_offset':2 | 'end_offset':0 | /topics/0/partitions/0/segments/0",
                "'record_count':2 | 'record_count':-2 | /topics/0/partitions/0/segments/0/record_count",
                "'gaps':[ | 'gaps':null,'x':[ | /topics/0/partitions/0/gaps",
            })
    void aWrongValueIsRefusedWithItsPlace(String valid, String wrong, String place) {
        String message = refusal(WHOLE.replace(valid, wrong));
        assertTrue(message.contains(place), message);
    }

    @Test
    void aTopicOrPartitionNamedTwiceIsRefused() {
        String partition = "{'partition_id':0,'segments':[]}";
        assertTrue(refusal(WHOLE.replace("'partitions':[", "'partitions':[" + partition + ","))
                .contains("partition 0 is listed twice"));
        assertTrue(refusal(WHOLE.replace("'topics':[", "'topics':[{'name':'t','partitions':[]},"))
                .contains("topic t is listed twice"));
    }

    @Test
    void noPrefixOfAManifestIsAManifest() {
        for (int end = 0; end < WHOLE.length(); end++) {
            refusal(WHOLE.substring(0, end));
        }
        assertTrue(refusal(WHOLE + "{}").contains("follows the end"));
    }

    @Test
    void depthAndStringLengthAreLimited() {
        refusal(WHOLE.replace("'created_at'", "'x':" + "[".repeat(100) + "]".repeat(100) + ",'created_at'"));
        refusal(WHOLE.replace("'k'", "'" + "k".repeat(2 << 20) + "'"));
    }

    @Test
    void topicNamesFollowKafkasRule() {
        assertTrue(TopicNames.legal("a.B-0_"));
        assertTrue(TopicNames.legal("a".repeat(249)));
        for (String illegal : List.of("", ".", "..", "a/b", "a b", "é", "a\0", "a".repeat(250))) {
            assertFalse(TopicNames.legal(illegal), illegal);
        }
    }

    @Test
    void sourceRecordsOfLaterVersionsAreRefused() {
        byte[] later = json("{'version':2}");
        assertTrue(String.valueOf(assertThrows(
                                InvalidDocumentException.class,
                                () -> SourceRecordJson.read("b/segue-source.json", later))
                        .getMessage())
                .contains("version 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x':1", "'-1':1", "'0':-1", "'0':null", "'0':1.5"})
    void aGroupSnapshotWithNonsenseIsRefused(String offset) {
        byte[] content = json("{'groups':[{'group_id':'g','offsets':{'t':{" + offset + "}}}]}");
        assertThrows(InvalidDocumentException.class, () -> GroupSnapshotJson.read("b/snapshot.json", content));
    }

    private static Manifest read(String text) {
        return ManifestJson.read("b/manifest.json", json(text));
    }

    private static String refusal(String text) {
        return String.valueOf(assertThrows(InvalidDocumentException.class, () -> read(text), text)
                .getMessage());
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
