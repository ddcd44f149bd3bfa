package io.segue.protocol.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One row for every refusal of the readers of a backup's documents: damaged input that reaches it, and the whole message,
 * which names key, JSON path, line and column. A new check gets its row here.
 */
class EveryDocumentCheckTest {
    private static final String MANIFEST = "{'backup_id':'b','created_at':1,'topics':[{'name':'t','partitions':[\n"
            + "{'partition_id':0,'segments':[\n"
            + "{'key':'k','start_offset':1,'end_offset':2,'start_timestamp':-1,'end_timestamp':3,'record_count':2}],"
            + "'gaps':[\n{'start_offset':0,'end_offset':1,'reason':'offset_out_of_range','detected_at':5}]}]}]}";
    private static final String SOURCE = "{'version':1,'cluster_id':'c','taken_at':1,'topics':[{'name':'t','topic_id':"
            + "'i','configs':{'a':'b'},\n'partitions':[{'partition':0,'start_offset':1,'end_offset':2}]}],\n"
            + "'groups':[{'group_id':'g','state':'Empty','commits':[\n"
            + "{'topic':'t','partition':0,'offset':1,'metadata':null}]}]}";
    private static final String SNAPSHOT = "{'snapshot_time':1,'groups':[{'group_id':'g','offsets':{'t':{\n'0':5}}}]}";
    private static final String REPORT = "{'version':1,'backup_id':'b','finished_at':1,'records':2,'bytes':3,\n"
            + "'warnings':['w'],'failures':[{'topic':'t','partition':0,'message':'m'}]}";

    /**
     * @param message the whole of it, but for the key
     */
    private record Row(BiFunction<String, byte[], ?> reader, String document, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Row> json() {
        return Stream.of(
                manifest(
                        "'backup_id'",
                        "backup_id",
                        "is no valid JSON: Unexpected character ('b' (code 98)): was expecting double-quote to start field name (top level, line 1, column 1)"),
                manifest(MANIFEST, "{'backup_id':", "ends in the middle of its JSON (/backup_id, line 1, column 2)"),
                manifest(MANIFEST, "", "expected an object, found the end (top level, line 1, column 0)"),
                manifest(
                        MANIFEST,
                        MANIFEST + "{}",
                        "something follows the end of the document (top level, line 4, column 87)"),
                manifest(
                        "'created_at':1",
                        "'created_at':1,'created_at':2",
                        "is no valid JSON: Duplicate field 'created_at' (/created_at, line 1, column 31)"),
                manifest(
                        "'created_at'",
                        "'x':" + "[".repeat(40) + "]".repeat(40) + ",'created_at'",
                        "is larger than this program reads: Document nesting depth (33) exceeds the maximum allowed (32, from `StreamReadConstraints.getMaxNestingDepth()`) (/x/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0, line 1, column 53)"),
                manifest(
                        "'k'",
                        "'" + "k".repeat(2 << 20) + "'",
                        "is larger than this program reads: String value length (N) exceeds the maximum allowed (1048576, from `StreamReadConstraints.getMaxStringLength()`) (/topics/0/partitions/0/segments/0/key, line 3, column 8)"),
                manifest(
                        "'created_at'",
                        "'" + "x".repeat(50_000) + "':1,'created_at'",
                        "is larger than this program reads: Name length (N) exceeds the maximum allowed (4096, from `StreamReadConstraints.getMaxNameLength()`) (/backup_id, line 1, column 14)"),
                new Row(
                        (key, bytes) -> JsonInput.read(
                                new DocumentLimits(1 << 20, 10),
                                key,
                                new ByteArrayInputStream(bytes),
                                in -> in.strings()),
                        "[" + "'',".repeat(10) + "'']",
                        "is larger than this program reads: Token count (11) exceeds the maximum allowed (10, from `StreamReadConstraints.getMaxTokenCount()`) (/9, line 1, column 29)"),
                new Row(
                        (key, bytes) -> JsonInput.read(
                                new DocumentLimits(1 << 14, 10),
                                key,
                                new ByteArrayInputStream(bytes),
                                in -> in.strings()),
                        "[" + " ".repeat(1 << 16) + "]",
                        "is larger than this program reads: Document length (N) exceeds the maximum allowed (16384, from `StreamReadConstraints.getMaxDocumentLength()`) (top level, line 1, column 1)"),
                new Row(
                        (key, bytes) -> JsonInput.read(key, new ByteArrayInputStream(bytes), in -> {
                            in.beginObject();
                            in.field();
                            in.skip();
                            return in.field();
                        }),
                        "{'a':['b'",
                        "ends in the middle of its JSON (/a/0, line 1, column 7)"));
    }

    static Stream<Row> manifests() {
        return Stream.of(
                manifest(MANIFEST, "[]", "expected an object, found an array (top level, line 1, column 1)"),
                manifest("'backup_id':'b',", "", "the field \"backup_id\" is missing (top level, line 4, column 86)"),
                manifest("'created_at':1,", "", "the field \"created_at\" is missing (top level, line 4, column 86)"),
                manifest(",'topics'", ",'x'", "the field \"topics\" is missing (top level, line 4, column 86)"),
                manifest(
                        "'backup_id':'b'",
                        "'backup_id':7",
                        "expected a string, found an integer (/backup_id, line 1, column 14)"),
                manifest(
                        "'created_at':1",
                        "'created_at':1.0",
                        "expected an integer, found a number with a fraction (/created_at, line 1, column 31)"),
                manifest(
                        "'created_at':1",
                        "'created_at':true",
                        "expected an integer, found a boolean (/created_at, line 1, column 31)"),
                manifest(
                        "'created_at':1",
                        "'created_at':99999999999999999999",
                        "is no valid JSON: Numeric value (99999999999999999999) out of range of long (-9223372036854775808 - 9223372036854775807) (/created_at, line 1, column 31)"),
                manifest(
                        "'created_at':1",
                        "'created_at':1,'source_cluster_id':{}",
                        "expected a string, found an object (/source_cluster_id, line 1, column 53)"),
                manifest(
                        "'created_at':1",
                        "'created_at':1,'source_brokers':null",
                        "expected an array, found null (/source_brokers, line 1, column 50)"),
                manifest(
                        "'created_at':1",
                        "'created_at':1,'source_brokers':[1]",
                        "expected a string, found an integer (/source_brokers/0, line 1, column 51)"),
                manifest(
                        "'created_at':1",
                        "'created_at':1,'compression':null",
                        "expected a string, found null (/compression, line 1, column 47)"),
                manifest(
                        "'topics':[",
                        "'topics':[5,",
                        "expected an object, found an integer (/topics/0, line 1, column 43)"),
                manifest(
                        "'topics':[",
                        "'topics':[{'name':'t','partitions':[]},",
                        "the topic t is listed twice (/topics/1, line 4, column 84)"),
                manifest("'name':'t',", "", "the field \"name\" is missing (/topics/0, line 4, column 84)"),
                manifest(
                        "'name':'t'",
                        "'name':'../t'",
                        "is no legal topic name: at most 249 of a-z, A-Z, 0-9, '.', '_' and '-' (/topics/0/name, line 1, column 51)"),
                manifest(
                        "'name':'t'",
                        "'name':'t','original_partition_count':-1",
                        "-1 is not between 0 and 1000000 (/topics/0/original_partition_count, line 1, column 82)"),
                manifest("'partitions'", "'x'", "the field \"partitions\" is missing (/topics/0, line 4, column 84)"),
                manifest(
                        "'partitions':[",
                        "'partitions':[{'partition_id':0,'segments':[]},",
                        "the partition 0 is listed twice (/topics/0/partitions/1, line 4, column 82)"),
                manifest(
                        "'partition_id':0,",
                        "",
                        "the field \"partition_id\" is missing (/topics/0/partitions/0, line 4, column 82)"),
                manifest(
                        "'partition_id':0",
                        "'partition_id':1000000",
                        "1000000 is not between 0 and 999999 (/topics/0/partitions/0/partition_id, line 2, column 17)"),
                manifest(
                        "'segments'",
                        "'x'",
                        "the field \"segments\" is missing (/topics/0/partitions/0, line 4, column 82)"),
                manifest(
                        "'key':'k',",
                        "",
                        "the field \"key\" is missing (/topics/0/partitions/0/segments/0, line 3, column 89)"),
                manifest(
                        "'start_offset':1,",
                        "",
                        "the field \"start_offset\" is missing (/topics/0/partitions/0/segments/0, line 3, column 82)"),
                manifest(
                        "'start_offset':1",
                        "'start_offset':-1",
                        "-1 is negative (/topics/0/partitions/0/segments/0/start_offset, line 3, column 27)"),
                manifest(
                        "'start_offset':1",
                        "'start_offset':3",
                        "ends at offset 2, before it starts at 3 (/topics/0/partitions/0/segments/0, line 3, column 99)"),
                manifest(
                        "'end_offset':2,",
                        "",
                        "the field \"end_offset\" is missing (/topics/0/partitions/0/segments/0, line 3, column 84)"),
                manifest(
                        "'start_timestamp':-1,",
                        "",
                        "the field \"start_timestamp\" is missing (/topics/0/partitions/0/segments/0, line 3, column 78)"),
                manifest(
                        "'end_timestamp':3,",
                        "",
                        "the field \"end_timestamp\" is missing (/topics/0/partitions/0/segments/0, line 3, column 81)"),
                manifest(
                        ",'record_count':2",
                        "",
                        "the field \"record_count\" is missing (/topics/0/partitions/0/segments/0, line 3, column 82)"),
                manifest(
                        "'record_count':2",
                        "'record_count':-2",
                        "-2 is negative (/topics/0/partitions/0/segments/0/record_count, line 3, column 98)"),
                manifest(
                        "'start_offset':0,",
                        "",
                        "the field \"start_offset\" is missing (/topics/0/partitions/0/gaps/0, line 4, column 63)"),
                manifest(
                        "'end_offset':1,",
                        "",
                        "the field \"end_offset\" is missing (/topics/0/partitions/0/gaps/0, line 4, column 65)"),
                manifest(
                        "'start_offset':0",
                        "'start_offset':2",
                        "ends at offset 1, before it starts at 2 (/topics/0/partitions/0/gaps/0, line 4, column 80)"),
                manifest(
                        "'reason':'offset_out_of_range',",
                        "",
                        "the field \"reason\" is missing (/topics/0/partitions/0/gaps/0, line 4, column 49)"),
                manifest(
                        ",'detected_at':5",
                        "",
                        "the field \"detected_at\" is missing (/topics/0/partitions/0/gaps/0, line 4, column 64)"));
    }

    static Stream<Row> sources() {
        return Stream.of(
                source("'version':1,", "", "the field \"version\" is missing (top level, line 4, column 58)"),
                source(
                        "'version':1",
                        "'version':2",
                        "has version 2; this program reads version 1: use the release that wrote it, or a newer one (/version, line 1, column 12)"),
                source("'cluster_id':'c',", "", "the field \"cluster_id\" is missing (top level, line 4, column 58)"),
                source("'taken_at':1,", "", "the field \"taken_at\" is missing (top level, line 4, column 58)"),
                source("'topics'", "'x'", "the field \"topics\" is missing (top level, line 4, column 58)"),
                source("'groups'", "'x'", "the field \"groups\" is missing (top level, line 4, column 58)"),
                source("'name':'t',", "", "the field \"name\" is missing (/topics/0, line 2, column 63)"),
                source(
                        "'name':'t'",
                        "'name':'.'",
                        "is no legal topic name: at most 249 of a-z, A-Z, 0-9, '.', '_' and '-' (/topics/0/name, line 1, column 62)"),
                source("'topic_id':'i',", "", "the field \"topic_id\" is missing (/topics/0, line 2, column 63)"),
                source("'configs'", "'x'", "the field \"configs\" is missing (/topics/0, line 2, column 63)"),
                source("'b'", "1", "expected a string, found an integer (/topics/0/configs/a, line 1, column 96)"),
                source("'partitions'", "'x'", "the field \"partitions\" is missing (/topics/0, line 2, column 54)"),
                source(
                        "'partition':0,'start",
                        "'start",
                        "the field \"partition\" is missing (/topics/0/partitions/0, line 2, column 47)"),
                source(
                        "'partition':0,'start",
                        "'partition':-1,'start",
                        "-1 is not between 0 and 2147483647 (/topics/0/partitions/0/partition, line 2, column 28)"),
                source(
                        "'start_offset':1,",
                        "",
                        "the field \"start_offset\" is missing (/topics/0/partitions/0, line 2, column 44)"),
                source(
                        "'end_offset':2",
                        "'end_offset':-2",
                        "-2 is negative (/topics/0/partitions/0/end_offset, line 2, column 60)"),
                source(
                        ",'end_offset':2",
                        "",
                        "the field \"end_offset\" is missing (/topics/0/partitions/0, line 2, column 46)"),
                source("'group_id':'g',", "", "the field \"group_id\" is missing (/groups/0, line 4, column 56)"),
                source("'state':'Empty',", "", "the field \"state\" is missing (/groups/0, line 4, column 56)"),
                source("'commits'", "'x'", "the field \"commits\" is missing (/groups/0, line 4, column 56)"),
                source("'topic':'t',", "", "the field \"topic\" is missing (/groups/0/commits/0, line 4, column 42)"),
                source(
                        "'topic':'t'",
                        "'topic':'a/b'",
                        "is no legal topic name: at most 249 of a-z, A-Z, 0-9, '.', '_' and '-' (/groups/0/commits/0/topic, line 4, column 10)"),
                source(
                        "'partition':0,'offset",
                        "'offset",
                        "the field \"partition\" is missing (/groups/0/commits/0, line 4, column 40)"),
                source("'offset':1,", "", "the field \"offset\" is missing (/groups/0/commits/0, line 4, column 43)"),
                source(
                        "'metadata':null",
                        "'metadata':1",
                        "expected a string, found an integer (/groups/0/commits/0/metadata, line 4, column 50)"));
    }

    static Stream<Row> snapshots() {
        return Stream.of(
                snapshot(
                        "'snapshot_time':1",
                        "'snapshot_time':'now'",
                        "expected an integer, found a string (/snapshot_time, line 1, column 18)"),
                snapshot("'group_id':'g',", "", "the field \"group_id\" is missing (/groups/0, line 2, column 8)"),
                snapshot("'t'", "'a/b'", "is no legal topic name (/groups/0/offsets/a~1b, line 1, column 63)"),
                snapshot("'0':5", "'x':5", "\"x\" is no partition (/groups/0/offsets/t/x, line 2, column 5)"),
                snapshot("'0':5", "'-1':5", "partition -1 is negative (/groups/0/offsets/t/-1, line 2, column 6)"),
                snapshot("'0':5", "'0':-5", "-5 is negative (/groups/0/offsets/t/0, line 2, column 5)"),
                snapshot(
                        "'0':5",
                        "'0':null",
                        "expected an integer, found null (/groups/0/offsets/t/0, line 2, column 5)"));
    }

    static Stream<Row> reports() {
        return Stream.of(
                report(
                        "'version':1",
                        "'version':0",
                        "has version 0; this program reads version 1: use the release that wrote it, or a newer one (/version, line 1, column 12)"),
                report("'version':1,", "", "the field \"version\" is missing (top level, line 2, column 72)"),
                report("'backup_id':'b',", "", "the field \"backup_id\" is missing (top level, line 2, column 72)"),
                report("'finished_at':1,", "", "the field \"finished_at\" is missing (top level, line 2, column 72)"),
                report("'records':2,", "", "the field \"records\" is missing (top level, line 2, column 72)"),
                report("'records':2", "'records':-2", "-2 is negative (/records, line 1, column 56)"),
                report("'bytes':3,", "", "the field \"bytes\" is missing (top level, line 2, column 72)"),
                report("'w'", "null", "expected a string, found null (/warnings/0, line 2, column 13)"),
                report("'failures'", "'x'", "the field \"failures\" is missing (top level, line 2, column 65)"),
                report("'topic':'t',", "", "the field \"topic\" is missing (/failures/0, line 2, column 58)"),
                report("'partition':0,", "", "the field \"partition\" is missing (/failures/0, line 2, column 56)"),
                report(",'message':'m'", "", "the field \"message\" is missing (/failures/0, line 2, column 56)"));
    }

    @ParameterizedTest
    @MethodSource({"json", "manifests", "sources", "snapshots", "reports"})
    void isReachedAndNamesKeyAndPosition(Row row) {
        byte[] document = row.document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        InvalidDocumentException refused =
                assertThrows(InvalidDocumentException.class, () -> row.reader.apply("b/document.json", document));
        assertEquals(
                "b/document.json: " + row.message,
                String.valueOf(refused.getMessage()).replaceFirst("length \\([0-9]+\\)", "length (N)"),
                "how far the parser had read where it stopped is its own business");
    }

    private static Row manifest(String valid, String wrong, String message) {
        return new Row(ManifestJson::read, MANIFEST.replace(valid, wrong), message);
    }

    private static Row source(String valid, String wrong, String message) {
        return new Row(SourceRecordJson::read, SOURCE.replace(valid, wrong), message);
    }

    private static Row snapshot(String valid, String wrong, String message) {
        return new Row(GroupSnapshotJson::read, SNAPSHOT.replace(valid, wrong), message);
    }

    private static Row report(String valid, String wrong, String message) {
        return new Row(BackupReportJson::read, REPORT.replace(valid, wrong), message);
    }
}
