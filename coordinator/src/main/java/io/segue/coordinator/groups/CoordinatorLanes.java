package io.segue.coordinator.groups;

import io.segue.protocol.kafka.KafkaCluster;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does the same for many groups at once, with a limit for each broker: every coordinator has a lane of its own, so that a
 * slow one does not hold up the others. Groups whose coordinator is not known share one lane.
 */
final class CoordinatorLanes {
    private static final int UNKNOWN = -1;

    private final KafkaCluster cluster;
    private final int perBroker;

    CoordinatorLanes(KafkaCluster cluster, int perBroker) {
        this.cluster = cluster;
        this.perBroker = perBroker;
    }

    /** @return what {@code work} gave for each group; the first exception it threw is thrown once all have ended */
    <T> Map<String, T> each(Collection<String> groupIds, Function<String, T> work) {
        Map<String, Integer> coordinators = cluster.coordinators(groupIds);
        Map<Integer, ExecutorService> lanes = new HashMap<>();
        Map<String, Future<T>> begun = new TreeMap<>();
        try {
            for (String id : groupIds) {
                Callable<T> one = () -> work.apply(id);
                begun.put(
                        id,
                        lanes.computeIfAbsent(coordinators.getOrDefault(id, UNKNOWN), this::lane)
                                .submit(one));
            }
            return ended(begun);
        } finally {
            lanes.values().forEach(ExecutorService::shutdownNow);
        }
    }

    private ExecutorService lane(int broker) {
        return Executors.newFixedThreadPool(perBroker, work -> {
            Thread thread = new Thread(work, "segue-groups-" + broker);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static <T> Map<String, T> ended(Map<String, Future<T>> begun) {
        Map<String, T> results = new TreeMap<>();
        RuntimeException failure = null;
        for (Map.Entry<String, Future<T>> one : begun.entrySet()) {
            try {
                results.put(one.getKey(), one.getValue().get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while groups were being changed", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                failure = failure == null && e.getCause() instanceof RuntimeException cause ? cause : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }
}
