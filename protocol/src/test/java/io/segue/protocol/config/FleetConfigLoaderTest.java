package io.segue.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.protocol.config.FleetConfig.HostPort;
import io.segue.protocol.config.FleetConfigLoader.Result;
import io.segue.protocol.config.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetConfigLoaderTest {
    private static final String GOOD = """
            state: {backend: filesystem, path: /state}
            cluster:
              name: ${CLUSTER}
              members: ["10.0.0.1:5701", "[fd00::2]:5702", "worker-1:5701"]
              host: 10.0.0.1
            coordinator: {id: coordinator-1, api: {port: 9000}}
            worker: {id: worker-1, spool: /var/spool}
            """;

    private static Result coordinator(String text) {
        return new FleetConfigLoader(Map.of("CLUSTER", "production")).coordinator("fleet.yaml", text);
    }

    private static List<String> problems(Result result) {
        return result instanceof Result.Refused refused
                ? refused.problems().stream().map(Problem::toString).toList()
                : List.of();
    }

    @Test
    void aGoodFileIsLoadedWithItsDefaults() {
        FleetConfig config = ((Result.Loaded) coordinator(GOOD)).config();

        assertEquals(
                new FleetConfig.Cluster(
                        "production",
                        List.of(
                                new HostPort("10.0.0.1", 5701),
                                new HostPort("fd00::2", 5702),
                                new HostPort("worker-1", 5701)),
                        "10.0.0.1",
                        5701,
                        0),
                config.cluster());
        assertEquals(
                new FleetConfig.Coordinator("coordinator-1", new HostPort("127.0.0.1", 9000)),
                config.coordinator().orElseThrow());
        assertEquals(
                new FleetConfig.Worker("worker-1", 4, new HostPort("127.0.0.1", 8701), Path.of("/var/spool")),
                config.worker().orElseThrow());
    }

    @Test
    void everyProblemIsFoundAtOnce() {
        String text = """
                cluster:
                  nmae: production
                  members: [10.0.0.1]
                  host: 0.0.0.0
                  port: 99999
                worker: {id: "a b"}
                """;

        assertEquals(
                List.of(
                        "fleet.yaml:1:1: error: state: is required and missing; add state: section",
                        "fleet.yaml:1:1: error: coordinator: is required by this process and missing;"
                                + " add coordinator: with an id",
                        "fleet.yaml:2:3: error: cluster.nmae: unknown key; did you mean name?",
                        "fleet.yaml:3:13: error: cluster.members[0]: \"10.0.0.1\" is not host:port;"
                                + " write it like 10.0.0.5:5701 or [fd00::5]:5701",
                        "fleet.yaml:4:9: error: cluster.host: \"0.0.0.0\" means every interface of this machine, public"
                                + " ones too; write a private address of this machine, such as 10.0.0.5, or 127.0.0.1",
                        "fleet.yaml:5:9: error: cluster.port: \"99999\" is out of range; allowed: 1 to 65535",
                        "fleet.yaml:6:14: error: worker.id: is not a usable name;"
                                + " use up to 63 letters, digits, '.', '_' and '-'"),
                problems(coordinator(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd12::1", "node-7"})
    void privateInterfacesAreTaken(String host) {
        assertEquals(List.of(), problems(coordinator(GOOD.replace("host: 10.0.0.1", "host: \"" + host + "\""))));
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1", "999.1.1.1"})
    void othersAreNot(String host) {
        List<String> found = problems(coordinator(GOOD.replace("host: 10.0.0.1", "host: \"" + host + "\"")));

        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).contains("cluster.host"), found::toString);
    }

    @Test
    void aWorkersFileNeedsAWorker() {
        String text = GOOD.replaceFirst("(?m)^worker:.*\\n", "");

        assertEquals(
                List.of(
                        "fleet.yaml:1:1: error: worker: is required by this process and missing; add worker: with an id"),
                problems(new FleetConfigLoader(Map.of("CLUSTER", "c")).worker("fleet.yaml", text)));
    }
}
