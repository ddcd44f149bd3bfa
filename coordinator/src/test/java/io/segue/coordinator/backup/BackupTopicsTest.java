package io.segue.coordinator.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.segue.protocol.config.BackupConfig;
import io.segue.protocol.config.TopicFilter;
import io.segue.protocol.kafka.KafkaCluster.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupTopicsTest {
    private static final List<Topic> ALL = Stream.of(
                    "payments", "orders", "orders-eu", "__mine", "__consumer_offsets", "__transaction_state")
            .map(name -> new Topic(name, "id", 1, name.startsWith("__") && !name.equals("__mine"), Map.of()))
            .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | a | true",
                "a | b | false",
                "* | anything | true",
                "orders* | orders | true",
                "orders* | orders-eu | true",
                "*eu | orders-eu | true",
                "o*s*u | orders-eu | true",
                "orders-?? | orders-eu | true",
                "orders-? | orders-eu | false",
                "orders | orders-eu | false",
                "o.ders | orders | false",
                "a*b | ab | true",
                "a**b | axxb | true",
                "?* | '' | false",
                "* | '' | true",
            })
    void globsMatchWholeNames(String pattern, String name, boolean matches) {
        assertEquals(matches, new Glob(pattern).matches(name));
    }

    @Test
    void noGlobTakesLong() {
        Glob hostile = new Glob("*a".repeat(1000) + "b");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertEquals(false, hostile.matches("a".repeat(249))));
    }

    @Test
    void everythingButInternalTopicsIsTheDefault() {
        assertEquals(List.of("__mine", "orders", "orders-eu", "payments"), names(List.of(), List.of(), config(false)));
    }

    @Test
    void excludeWins() {
        assertEquals(List.of("orders"), names(List.of("orders*"), List.of("*-eu"), config(false)));
        assertEquals(List.of(), names(List.of("orders"), List.of("orders"), config(false)));
    }

    @Test
    void internalTopicsAreTakenWhereAskedFor() {
        assertEquals(
                List.of("__consumer_offsets", "__mine", "__transaction_state"),
                names(List.of("__*"), List.of(), config(true)));
        assertEquals(
                List.of("__consumer_offsets", "__mine"),
                names(List.of("__*"), List.of(), config(true, "__consumer_offsets")));
        assertEquals(List.of(), names(List.of("__consumer_offsets"), List.of(), config(false)));
    }

    @Test
    void literalsThatDoNotExistAreNamed() {
        BackupTopics topics = BackupTopics.of(
                ALL, new TopicFilter(List.of("orders", "refunds", "x*", "Orders"), List.of("refunds")), config(false));
        assertEquals(List.of("Orders", "refunds"), topics.missing());
    }

    private static List<String> names(List<String> include, List<String> exclude, BackupConfig config) {
        return BackupTopics.of(ALL, new TopicFilter(include, exclude), config).topics().stream()
                .map(Topic::name)
                .toList();
    }

    static BackupConfig config(boolean internal, String... internalTopics) {
        return Configs.backup(2, true, internal, List.of(internalTopics));
    }
}
