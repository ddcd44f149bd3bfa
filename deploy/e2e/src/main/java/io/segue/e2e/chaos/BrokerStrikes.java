package io.segue.e2e.chaos;

import io.segue.e2e.chaos.Plan.Kind;
import io.segue.e2e.chaos.Plan.Step;
import io.segue.e2e.proof.Clients;
import io.segue.sandbox.BrokerCluster;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/** What happens to the brokers of the target. */
final class BrokerStrikes {
    private static final ClientQuotaEntity ANYBODY =
            new ClientQuotaEntity(Collections.singletonMap(ClientQuotaEntity.CLIENT_ID, null));
    private static final double FEW_BYTES_A_SECOND = 50_000;

    private final BrokerCluster brokers;
    private final Admin admin;
    private final List<TopicPartition> partitions;

    /** @param partitions whose leaders move */
    BrokerStrikes(BrokerCluster brokers, Admin admin, List<TopicPartition> partitions) {
        this.brokers = brokers;
        this.admin = admin;
        this.partitions = List.copyOf(partitions);
    }

    List<Kind> kinds() {
        return List.of(
                new Kind("kill", brokers.brokers(), 3_000),
                new Kind("stop", brokers.brokers(), 2_000),
                new Kind("freeze", brokers.brokers(), 12_000),
                new Kind("throttle", 1, 6_000),
                new Kind("move leaders", 1, 1_000));
    }

    Strike strike(Step step) {
        int broker = step.victim();
        return switch (step.kind().name()) {
            case "kill" -> new Strike("kill broker " + broker, () -> brokers.kill(broker), () -> brokers.start(broker));
            case "stop" -> new Strike("stop broker " + broker, () -> brokers.stop(broker), () -> brokers.start(broker));
            case "freeze" ->
                new Strike("freeze broker " + broker, () -> brokers.suspend(broker), () -> brokers.resume(broker));
            case "throttle" -> new Strike("throttle producers", () -> quota(FEW_BYTES_A_SECOND), () -> quota(null));
            case "move leaders" -> new Strike("move leaders", () -> moveLeaders(step.luck()), () -> {});
            default -> throw new IllegalArgumentException(step.kind().name());
        };
    }

    private void quota(@Nullable Double bytesPerSecond) throws InterruptedException {
        Clients.await(admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        ANYBODY, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
                .all());
    }

    /** Every partition that is there gets another order of its replicas, and the first one leads. */
    private void moveLeaders(long luck) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(luck);
        try {
            var there = Clients.await(admin.listTopics().names());
            var moving = partitions.stream()
                    .filter(partition -> there.contains(partition.topic()))
                    .collect(Collectors.toMap(partition -> partition, any -> Optional.of(rotated(random.nextInt(3)))));
            admin.alterPartitionReassignments(moving).all().get();
            admin.electLeaders(ElectionType.PREFERRED, moving.keySet())
                    .partitions()
                    .get();
        } catch (ExecutionException e) {
            // a target that is busy with something else keeps its leaders: that is chaos too
        }
    }

    private NewPartitionReassignment rotated(int first) {
        return new NewPartitionReassignment(IntStream.range(0, brokers.brokers())
                .map(i -> (i + first) % brokers.brokers())
                .boxed()
                .toList());
    }
}
