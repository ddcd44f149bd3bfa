package io.segue.e2e.fleet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.e2e.CommandLine;
import io.segue.sandbox.BrokerCluster;
import io.segue.sandbox.faults.InjectedFault;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A9: while a fleet restores records of 40 days ago, a broker of three is killed and comes back, the target refuses
 * writes for want of replicas, throttles, and moves its leaders; nothing is lost or doubled.
 */
class A9BrokersIT {
    private static final String TOPIC = "a9-orders";
    private static final int PARTITIONS = 9;
    private static final int BROKER = 1;
    private static final ConfigResource TOPIC_CONFIG = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    private static final ClientQuotaEntity ANYBODY =
            new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));

    @TempDir
    private Path directory = Path.of("");

    private final BrokerCluster brokers = SharedFleet.sandbox().target().orElseThrow();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", SharedFleet.bootstrap()));

    @AfterEach
    void close() throws Exception {
        quota(null);
        admin.close();
    }

    @Test
    void aTargetInDistressSlowsTheJobDownAndNothingElse() throws Exception {
        Workload workload =
                new Workload("a9", 40).topic(TOPIC, PARTITIONS, 14_000).group("a9-billing", TOPIC, 321);
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 3).configs(Map.of("retention.ms", "-1"))))
                .all()
                .get(30, TimeUnit.SECONDS);
        insyncReplicas(2);
        CommandLine.Running restore = SharedFleet.get()
                .commands(directory)
                .start(
                        "three-phase-restore",
                        "--config",
                        workload.write(directory, "").toString());
        try (InjectedFault slow = workload.slowly();
                TargetEnds ends = new TargetEnds(workload.partitions())) {
            reach(ends, workload, restore, 1);
            brokers.kill(BROKER);
            try {
                reach(ends, workload, restore, 3);
                insyncReplicas(3);
            } finally {
                brokers.start(BROKER);
            }
            reach(ends, workload, restore, 5);
            insyncReplicas(2);
            quota(200_000d);
            reach(ends, workload, restore, 6);
            quota(null);
            admin.electLeaders(ElectionType.PREFERRED, Set.copyOf(workload.partitions()))
                    .partitions()
                    .get(30, TimeUnit.SECONDS);
            restore.await().expect(0);
            assertTrue(slow.fired() > 0, "segments were read slowly");
        }
        workload.assertExact();
    }

    /** Waits for so many eighths of the records. */
    private static void reach(TargetEnds ends, Workload workload, CommandLine.Running restore, int eighths) {
        assertTrue(
                ends.await(
                        workload.records() * eighths / 8,
                        () -> !restore.process().isAlive()),
                "the job ended before " + eighths + " eighths");
    }

    private void insyncReplicas(int least) throws Exception {
        AlterConfigOp set = new AlterConfigOp(
                new ConfigEntry("min.insync.replicas", Integer.toString(least)), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(TOPIC_CONFIG, List.of(set))).all().get(30, TimeUnit.SECONDS);
    }

    /** Bytes a second and broker for every client; null: no limit. */
    private void quota(@Nullable Double bytesPerSecond) throws Exception {
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        ANYBODY, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
                .all()
                .get(30, TimeUnit.SECONDS);
    }
}
