package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClusterSectionTest {
    private static final String REST = Loading.RESTORE.replaceFirst("target: .*\n", "");

    @Test
    void defaults() {
        JobConfig.Cluster cluster = target("{bootstrap_servers: [a:1]}");
        assertEquals(List.of("a:1"), cluster.connection().bootstrapServers());
        assertEquals(
                Map.of("security.protocol", "PLAINTEXT"), cluster.connection().clientProperties());
        assertEquals(new TopicFilter(List.of(), List.of()), cluster.topics());
    }

    @Test
    void fullMapping() {
        JobConfig.Cluster cluster = target("""
                {bootstrap_servers: ["[::1]:9092", "b-1.x:9092, c:9093"],
                 topics: {include: ["orders-*", "~^pay(ments)?$"], exclude: [orders-tmp]},
                 connection: {tcp_keepalive: true, connections_per_broker: 4},
                 kafka_properties: {client.id: restorer, request.timeout.ms: 5000}}
                """);
        assertEquals(
                List.of("[::1]:9092", "b-1.x:9092", "c:9093"),
                cluster.connection().bootstrapServers());
        assertEquals(new TopicFilter(List.of("orders-*", "~^pay(ments)?$"), List.of("orders-tmp")), cluster.topics());
        assertEquals(
                Map.of("security.protocol", "PLAINTEXT", "client.id", "restorer", "request.timeout.ms", "5000"),
                cluster.connection().clientProperties());
    }

    @Test
    void spellingsOfTheDocumentationAreAcceptedWithAWarning() {
        String text = REST + "target: {brokers: [a:1], security_protocol: SSL, kafka_config: {client.id: x}}\n";
        JobConfig config = Loading.plain().config(text);
        assertEquals(
                Map.of("security.protocol", "SSL", "client.id", "x"),
                config.target().orElseThrow().connection().clientProperties());
        assertEquals(3, Loading.plain().warnings(text).size());
        assertEquals(
                List.of("job.yaml:4:24: warning: target.connection.tcp_nodelay: has no effect:"
                        + " Kafka's Java client always does that"),
                Loading.plain()
                        .warnings(REST + "target: {connection: { tcp_nodelay: false}, bootstrap_servers: [a:1]}\n"));
    }

    @Test
    void errors() {
        assertErrors(
                "{topics: {}}",
                ".bootstrap_servers: is required and missing; add bootstrap_servers: list of `host:port`");
        assertErrors("{bootstrap_servers: []}", ".bootstrap_servers: names no broker; write at least one host:port");
        assertErrors(
                "{bootstrap_servers: [a]}",
                ".bootstrap_servers[0]: expected host:port; write for example kafka-1:9092");
        assertErrors(
                "{bootstrap_servers: [a:1], topics: {include: [\"~(\"]}}",
                ".topics.include[0]: not a regular expression: Unclosed group; correct what follows ~");
        assertErrors(
                "{bootstrap_servers: [a:1], security_protocol: SSL, security: {}}",
                ".security_protocol: stands beside security:; move it below security:");
        assertErrors(
                "{bootstrap_servers: [a:1], kafka_properties: {bootstrap.servers: b}}",
                ".kafka_properties: holds bootstrap.servers; use bootstrap_servers");
        assertEquals(
                List.of(
                        "job.yaml:3:58: error: source.topics.include[0]: regular expressions are for target.topics only;"
                                + " use a glob: * and ? match any characters"),
                Loading.plain().errors(Loading.BACKUP.replace("[s:9092]", "[s:9092], topics: {include: [\"~x\"]}")));
    }

    private static void assertErrors(String section, String error) {
        List<String> errors = Loading.plain().errors(REST + "target: " + section + "\n");
        assertEquals(
                List.of("error: target" + error),
                errors.stream()
                        .map(text -> text.replaceFirst("^job.yaml:\\d+:\\d+: ", ""))
                        .toList());
    }

    private static JobConfig.Cluster target(String section) {
        return Loading.plain()
                .config(REST + "target: " + section + "\n")
                .target()
                .orElseThrow();
    }
}
