package io.segue.cli.backup;

import io.segue.coordinator.backup.BackupProgress;
import io.segue.coordinator.backup.BackupResult;
import io.segue.coordinator.backup.BackupRun;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.kafka.KafkaCluster;
import io.segue.protocol.kafka.vertx.VertxKafkaCluster;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.Stores;
import io.segue.protocol.time.Time;
import io.segue.worker.backup.BackupSettings;
import io.segue.worker.backup.PartitionBackup;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Coordinator and worker of a backup in this process, and what they need. */
final class BackupEngine implements AutoCloseable {
    private final JobConfig config;
    private final JobConfig.Cluster source;
    private final Path spool;
    private final ObjectStore store;
    private final Vertx vertx;
    private final KafkaCluster cluster;

    /** @param temporary existing directory, below which segments are spooled */
    BackupEngine(JobConfig config, JobConfig.Cluster source, Stores stores, Path temporary) {
        this.config = config;
        this.source = source;
        this.spool = newSpool(temporary);
        this.store = stores.open(config.storage());
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        this.cluster = new VertxKafkaCluster(vertx, source.connection());
    }

    private static Path newSpool(Path temporary) {
        try {
            return Files.createTempDirectory(temporary, "kafka-backup-");
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for segments can be made below " + temporary, e);
        }
    }

    /** Where the backup goes, for messages. */
    String location() {
        return store.describe();
    }

    BackupResult run(BackupProgress progress, BooleanSupplier stop) {
        BackupSettings settings = BackupSettings.of(config.backupId(), config.backup(), cluster.clusterId(), spool);
        PartitionBackup worker = PartitionBackup.of(vertx, source.connection(), store, settings, Time.system());
        return new BackupRun(cluster, store, worker, Time.system())
                .run(config.backupId(), source.topics(), config.backup(), progress, stop);
    }

    @Override
    public void close() {
        cluster.close();
        store.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            Files.deleteIfExists(spool);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the event loops did not end", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the spool directory " + spool + " cannot be removed", e);
        }
    }
}
