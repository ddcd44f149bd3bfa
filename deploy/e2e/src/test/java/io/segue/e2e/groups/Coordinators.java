package io.segue.e2e.groups;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ElectionNotNeededException;

/** Moves every group to another coordinator, again and again, until it is closed. */
final class Coordinators implements AutoCloseable {
    private static final String OFFSETS = "__consumer_offsets";

    private final Admin admin;
    private final Semaphore turns;
    private final Thread mover = new Thread(this::move, "moves-coordinators");
    private final CountDownLatch moved = new CountDownLatch(1);
    private volatile boolean closing;
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile Optional<Exception> failure = Optional.empty();

    private Coordinators(Admin admin, Semaphore turns) {
        this.admin = admin;
        this.turns = turns;
    }

    /**
     * Once for each permit; returns once all have moved for the first time.
     *
     * @param turns with one permit at least
     */
    static Coordinators moving(String servers, Semaphore turns) throws InterruptedException {
        Coordinators coordinators = new Coordinators(Admin.create(Map.of("bootstrap.servers", servers)), turns);
        coordinators.mover.start();
        coordinators.moved.await();
        return coordinators;
    }

    private void move() {
        try {
            for (turns.acquire(); !closing; turns.acquire()) {
                round();
                rounds.incrementAndGet();
                moved.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            failure = Optional.of(e);
        } finally {
            moved.countDown();
        }
    }

    private void round() throws ExecutionException, InterruptedException {
        List<Integer> brokers = admin.describeCluster().nodes().get().stream()
                .map(Node::id)
                .sorted()
                .toList();
        TopicDescription topic =
                admin.describeTopics(List.of(OFFSETS)).allTopicNames().get().get(OFFSETS);
        Map<TopicPartition, Optional<NewPartitionReassignment>> wanted = new HashMap<>();
        for (TopicPartitionInfo partition : Objects.requireNonNull(topic).partitions()) {
            List<Integer> order = new ArrayList<>(brokers);
            Collections.rotate(order, -1 - brokers.indexOf(partition.leader().id()));
            wanted.put(
                    new TopicPartition(OFFSETS, partition.partition()),
                    Optional.of(new NewPartitionReassignment(
                            order.subList(0, partition.replicas().size()))));
        }
        admin.alterPartitionReassignments(wanted).all().get();
        while (!admin.listPartitionReassignments().reassignments().get().isEmpty()) {
            Thread.onSpinWait();
        }
        elect(wanted.keySet());
    }

    private void elect(Set<TopicPartition> partitions) throws ExecutionException, InterruptedException {
        for (Optional<Throwable> error : admin.electLeaders(ElectionType.PREFERRED, partitions)
                .partitions()
                .get()
                .values()) {
            if (error.isPresent() && !(error.get() instanceof ElectionNotNeededException)) {
                throw new ExecutionException(error.get());
            }
        }
    }

    int rounds() {
        return rounds.get();
    }

    @Override
    public void close() {
        closing = true;
        turns.release();
        try {
            mover.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        admin.close();
        failure.ifPresent(cause -> {
            throw new AssertionError("coordinators could not be moved", cause);
        });
    }
}
