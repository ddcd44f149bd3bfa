package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.protocol.config.yaml.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** D1: unknown key, wrong type, missing section, contradiction: all at once, with line, column and suggestion. */
final class D1ConfigProblemsTest {
    @Test
    void everyKindOfProblemAtOnce() {
        String text = """
                mode: restore
                backup_id: b1
                # a comment may say ${ANYTHING} or ${even this
                storage:
                  backend: s3
                  bukcet: backups
                  prefix: ${NO_SUCH_PREFIX}
                restore:
                  time_window_start: 2000
                  time_window_end: 1000
                  dry_run: yes
                  reset_consumer_offsets: true
                  topic_mapping: orders
                  consumer_group: [a]
                  max_concurrent_partitions: 0
                backup:
                  segment_max_bytes: 128MB
                """;
        assertEquals(
                List.of(
                        "job.yaml:1:1: error: target: is required by mode: restore and missing;"
                                + " add target: with bootstrap_servers",
                        "job.yaml:5:3: error: storage.bucket: is required and missing; add bucket: string",
                        "job.yaml:6:3: error: storage.bukcet: unknown key; did you mean bucket?",
                        "job.yaml:7:11: error: storage.prefix: the environment variable NO_SUCH_PREFIX is not set;"
                                + " set it, or write the value here",
                        "job.yaml:10:3: error: restore.time_window_end: 1000 is before time_window_start: 2000;"
                                + " exchange the two",
                        "job.yaml:11:12: error: restore.dry_run: expected true or false, found \"yes\";"
                                + " write true or false",
                        "job.yaml:12:3: error: restore.reset_consumer_offsets: needs to know which groups;"
                                + " list them under consumer_groups, or write auto_consumer_groups: true",
                        "job.yaml:13:18: error: restore.topic_mapping: expected a map, found \"orders\";"
                                + " write name: value on lines of its own",
                        "job.yaml:14:3: error: restore.consumer_group: unknown key; did you mean consumer_groups?",
                        "job.yaml:15:30: error: restore.max_concurrent_partitions: \"0\" is out of range;"
                                + " allowed: 1 to 1024",
                        "job.yaml:17:22: error: backup.segment_max_bytes: expected an integer, found \"128MB\";"
                                + " write the number of bytes, without a unit: 134217728"),
                Loading.plain().errors(text));
    }

    @Test
    void namesAreData() {
        String text = """
                mode: restore
                backup_id: segue/../b
                target:
                  bootstrap_servers: [t:9092]
                  topics: {include: ["a/*", b, "~["], exclude: [b, ""]}
                storage: {backend: filesystem, path: /b}
                restore:
                  topic_mapping: {a: x/y, b: .., c: ., d: "", e: LONG, "f g": ok, h: "\\0", i: ümlaut}
                  consumer_groups: [a, ""]
                  reset_consumer_offsets: true
                  repartitioning: {"../x": {target_partitions: 3}}
                offset_reset: {strategy: earliest, groups: [""], topic_mapping: {"": y}}
                """.replace("LONG", "e".repeat(250));
        String allowed = ", which no topic's name has; allowed: a to z, A to Z, 0 to 9, '.', '_' and '-'";
        String topics = "restore.topic_mapping";
        assertEquals(
                List.of(
                        "2:12: error: backup_id: \"segue\" is where other things than backups are kept; choose another name",
                        "5:22: error: target.topics.include[0]: has the character '/'" + allowed,
                        "5:32: error: target.topics.include[2]: not a regular expression: Unclosed character class; correct what follows ~",
                        "5:52: error: target.topics.exclude[1]: an empty name matches no topic; remove it, or write \"*\" for all",
                        "8:22: error: " + topics + ".a: has the character '/'" + allowed,
                        "8:30: error: " + topics
                                + ".b: \".\" and \"..\" are no names of topics; write the topic's name",
                        "8:37: error: " + topics
                                + ".c: \".\" and \"..\" are no names of topics; write the topic's name",
                        "8:43: error: " + topics + ".d: an empty name names no topic; write the topic's name",
                        "8:50: error: " + topics + ".e: has 250 characters; a topic's name has at most 249; shorten it",
                        "8:302: error: " + topics + ": has the character ' '" + allowed,
                        "8:316: error: " + topics + ".h: has the character U+0000" + allowed,
                        "8:325: error: " + topics + ".i: has the character U+00FC" + allowed,
                        "9:24: error: restore.consumer_groups[1]: an empty name names no group; remove it, or write the group's id",
                        "11:20: error: restore.repartitioning: has the character '/'" + allowed,
                        "12:45: error: offset_reset.groups[0]: an empty name names no group; remove it, or write the group's id",
                        "12:66: error: offset_reset.topic_mapping: an empty name names no topic; write the topic's name"),
                Loading.plain().errors(text).stream()
                        .map(line -> line.substring("job.yaml:".length()))
                        .toList());
    }

    @Test
    void whatContradictsItself() {
        String text = Loading.RESTORE.replace(
                        "target: {bootstrap_servers: [t:9092]}",
                        "target: {bootstrap_servers: [t:9092], topics: {include: [a, b], exclude: [b]}}")
                + """
                restore:
                  topic_mapping: {a: x, b: y, c: x}
                  partition_mapping: {0: 3, 1: 3, 2: 4}
                  source_partitions: [0, 1]
                  time_window_start: 2
                  time_window_end: 1
                """;
        assertEquals(
                List.of(
                        "job.yaml:3:65: error: target.topics.exclude: one name is in include as well;"
                                + " remove them from one of the two: exclude would win",
                        "job.yaml:6:34: error: restore.topic_mapping.c: has the same target as a;"
                                + " write another target topic, or merge_order: cuts if they are to be merged",
                        "job.yaml:7:32: error: restore.partition_mapping.1: has the same target as 0;"
                                + " write another target partition, or merge_order: cuts if they are to be merged",
                        "job.yaml:7:38: error: restore.partition_mapping.2: source_partitions leaves this partition out;"
                                + " remove it here, or add it there",
                        "job.yaml:10:3: error: restore.time_window_end: 1 is before time_window_start: 2;"
                                + " exchange the two"),
                Loading.plain().errors(text));
        assertEquals(List.of(), Loading.plain().errors(Loading.RESTORE + """
                        restore:
                          merge_order: timestamp
                          topic_mapping: {a: x, b: x}
                          partition_mapping: {0: 3, 1: 3}
                        """));
    }

    @Test
    void oneMistakeAtATime() {
        assertProblem("backup_idd: x\n", "backup_idd: unknown key; did you mean backup_id?");
        assertProblem("backupId: x\n", "backupId: unknown key; did you mean backup_id?");
        assertProblem("mode: restore\n", "mode: this key occurs twice; remove one of them");
        assertProblem(
                "backup: {compression: gzip}\n",
                "backup.compression: \"gzip\" is not one of zstd, lz4, none; allowed: zstd, lz4, none");
        assertProblem(
                "restore: {time_window_start: 2023-12-01T00:00:00Z}\n",
                "restore.time_window_start: expected an integer, found \"2023-12-01T00:00:00Z\";"
                        + " write it in milliseconds since 1970: 1701388800000");
        assertProblem("restore: [a]\n", "restore: expected a section, found a list; write its keys below it");
        assertProblem(
                "restore: {consumer_groups: orders}\n",
                "restore.consumer_groups: expected a list, found \"orders\";"
                        + " write [orders], or each element on a line of its own after \"- \"");
        assertProblem(
                "restore: {partition_mapping: {0: 1, 1: -1}}\n",
                "restore.partition_mapping.1: \"-1\" is out of range; allowed: 0 to 999999");
        assertProblem(
                "backup: {compression_level: 23}\n",
                "backup.compression_level: \"23\" is out of range; allowed: 1 to 22");
        assertProblem(
                "backup: {continuous: true, stop_at_current_offsets: true}\n",
                "backup.stop_at_current_offsets: contradicts continuous: true; remove one of the two");
        assertProblem(
                "restore: {rate_limit_records_per_sec: 0}\n",
                "restore.rate_limit_records_per_sec: \"0\" is out of range; allowed: ≥ 1");
        assertProblem(
                "restore: {repartitioning: {orders: {target_partitions: 12, strategy: automatic}}}\n",
                "restore.repartitioning.orders.strategy: automatic spreads the records of one key over all partitions;"
                        + " write murmur2, or leave it");
        assertProblem("<<: {mode: backup}\n", "<<: unknown key; merge keys are not supported; write the keys out");
        assertProblem(
                "enterprise: {encryption: on}\n",
                "enterprise: is not supported: encryption and registries of the closed edition would silently be left out");
    }

    private static void assertProblem(String addition, String problem) {
        List<String> errors = Loading.plain().errors(Loading.RESTORE + addition);
        assertEquals(1, errors.size(), errors::toString);
        assertEquals("error: " + problem, errors.get(0).replaceFirst("^job.yaml:5:\\d+: ", ""));
    }

    @Test
    void whatIsNotYamlHasAPlaceToo() {
        assertEquals(
                List.of(
                        "job.yaml:2:1: error: not valid YAML while scanning for the next token:"
                                + " found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                Loading.plain().errors("mode: restore\n\tbackup_id: b1\n"));
        assertEquals(
                List.of("job.yaml:1:1: error: the file is empty"),
                Loading.plain().errors("# nothing\n"));
        assertEquals(
                List.of("job.yaml:6:1: error: a second YAML document begins here; one file holds one; remove ---"),
                Loading.plain().errors(Loading.RESTORE + "---\nmode: backup\n"));
        assertEquals(
                List.of("job.yaml:1:1: error: expected a section, found a list; write its keys below it"),
                Loading.plain().errors("[a]"));
    }

    @Test
    void aVariableIsDataAndNeverYaml() {
        Loading loading = new Loading(Map.of("ID", "a # b: {c", "HOST", "k1:9092,k2:9092"), Map.of());
        JobConfig config = loading.config("""
                mode: restore
                backup_id: ${ID}-1
                target: {bootstrap_servers: ["${HOST}", ${HOST}]}
                storage: {backend: filesystem, path: /b}
                """);
        assertEquals("a # b: {c-1", config.backupId());
        assertEquals(
                List.of("k1:9092", "k2:9092", "k1:9092", "k2:9092"),
                config.target().orElseThrow().connection().bootstrapServers());
    }

    @Test
    void aVariableThatDoesNotEndIsRefused() {
        String text = Loading.RESTORE.replace("backup_id: b1", "backup_id: x-${NAME");
        assertEquals(
                List.of("job.yaml:2:12: error: backup_id: \"${\" does not begin a variable here;"
                        + " write ${NAME} with letters, digits and _, and nothing else between the braces"),
                Loading.plain().errors(text));
        assertEquals(
                1, Loading.plain().errors(text.replace("${NAME", "${A:-b}")).size());
    }

    @Test
    void aSecretThatLooksLikeYamlIsNotShownEither() {
        for (String secret :
                List.of("*hunter2", "!hunter2", "&hunter2 x: y", "%hunter2", "@hunter2", "hunter2: x", "|hunter2")) {
            String text = Loading.RESTORE.replace("{bootstrap_servers: [t:9092]}", """

                      bootstrap_servers: [t:9092]
                      security: {security_protocol: SASL_SSL, sasl_mechanism: PLAIN, sasl_username: a}
                      kafka_properties:
                        sasl_password: SECRET
                    """.replace("SECRET", secret));
            ConfigResult result = Loading.plain().result(text);
            List<Problem> problems =
                    result instanceof ConfigResult.Refused refused ? refused.errors() : result.warnings();
            assertEquals(-1, problems.toString().indexOf("hunter2"), problems::toString);
        }
    }

    @Test
    void aCharacterThatYamlForbidsHasAPlace() {
        assertEquals(
                List.of("job.yaml:2:13: error: not valid YAML: the character U+0007; remove it"),
                Loading.plain().errors("mode: restore\nbackup_id: a\u0007b\n"));
    }

    @Test
    void neitherMessageNorExcerptShowsASecret() {
        Loading loading = new Loading(Map.of("PW", "hunter2", "N", "hunter2"), Map.of());
        ConfigResult result = loading.result(
                Loading.RESTORE.replace("{bootstrap_servers: [t:9092]}", """

                  bootstrap_servers: [t:9092]
                  security:
                    security_protocol: SASL_SSL
                    sasl_mechanism: PLAIN
                    sasl_username: a
                    sasl_password: [hunter2]
                    sasl_passwort: hunter2
                """) + "restore: {dry_run: \"${N}\"}\n");
        ConfigResult.Refused refused = (ConfigResult.Refused) result;
        assertEquals(3, refused.errors().size());
        assertEquals(-1, refused.errors().get(0).toString().indexOf("hunter2"));
        assertEquals("    sasl_password: ***", refused.errors().get(0).excerpt().orElseThrow());
        assertEquals(
                "job.yaml:13:20: error: restore.dry_run: expected true or false, found \"${N}\"; write true or false",
                refused.errors().get(2).toString());
    }
}
