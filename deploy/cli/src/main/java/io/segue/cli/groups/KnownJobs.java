package io.segue.cli.groups;

import io.segue.cli.Console;
import io.segue.cli.config.ConfigFile;
import io.segue.cli.jobs.LocalJobs;
import io.segue.coordinator.restore.BackupArchive;
import io.segue.coordinator.restore.RestoreRecord;
import io.segue.protocol.config.JobConfig;
import io.segue.protocol.job.JobStore;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.PrefixedStore;
import io.segue.protocol.store.StoreException;
import io.segue.protocol.store.Stores;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the job that restored into a cluster: in the state that the command line names, in that of the configuration, and
 * else among the jobs that this machine started. What it opens stays open until it is closed.
 */
final class KnownJobs implements AutoCloseable {
    private final Console console;
    private final Stores stores;
    private final List<ObjectStore> opened = new ArrayList<>();

    KnownJobs(Console console) {
        this.console = console;
        this.stores = new Stores(console.environment());
    }

    /** The job of that id, wherever the options let it be. */
    Optional<KnownJob> named(String jobId, OriginOptions origin, Optional<JobConfig> config) {
        for (Place place : places(origin, config)) {
            Optional<RestoreRecord> record = RestoreRecord.read(new JobStore(place.state()), jobId);
            if (record.isPresent()) {
                return record.map(found -> known(found, place, origin));
            }
        }
        return new LocalJobs(console.environment())
                .find(jobId)
                .flatMap(this::place)
                .flatMap(place -> RestoreRecord.read(new JobStore(place.state()), jobId)
                        .map(found -> known(found, place, origin)));
    }

    /** The newest job into that cluster and into at least one of the topics; no topics: any. */
    Optional<KnownJob> into(String clusterId, Set<String> topics, OriginOptions origin, Optional<JobConfig> config) {
        for (Place place : places(origin, config)) {
            Optional<RestoreRecord> record = RestoreRecord.newest(new JobStore(place.state()), clusterId, topics);
            if (record.isPresent()) {
                return record.map(found -> known(found, place, origin));
            }
        }
        for (LocalJobs.Entry entry : new LocalJobs(console.environment()).into(clusterId, topics)) {
            Optional<KnownJob> found = place(entry)
                    .flatMap(place -> RestoreRecord.read(new JobStore(place.state()), entry.jobId())
                            .map(record -> known(record, place, origin)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Where state may be, and the storage and configuration that belong to it. */
    private record Place(ObjectStore state, Optional<ObjectStore> storage, Optional<JobConfig> config) {}

    private List<Place> places(OriginOptions origin, Optional<JobConfig> config) {
        List<Place> places = new ArrayList<>();
        origin.state.ifPresent(state -> places.add(new Place(open(state), Optional.empty(), Optional.empty())));
        origin.path.ifPresent(path -> {
            ObjectStore root = open(path);
            places.add(new Place(new PrefixedStore(root, "segue"), Optional.of(root), Optional.empty()));
            places.add(new Place(root, Optional.of(root), Optional.empty()));
        });
        config.ifPresent(found -> places.add(place(found)));
        return places;
    }

    private Optional<Place> place(LocalJobs.Entry entry) {
        return ConfigFile.load(entry.config(), console).map(this::place);
    }

    private Place place(JobConfig config) {
        ObjectStore storage = keep(stores.open(config.storage()));
        ObjectStore state = config.state()
                .map(found -> keep(stores.open(found)))
                .orElseGet(() -> new PrefixedStore(storage, "segue"));
        return new Place(state, Optional.of(storage), Optional.of(config));
    }

    private KnownJob known(RestoreRecord record, Place place, OriginOptions origin) {
        Optional<BackupArchive> named = origin.path.isPresent() && origin.backupId.isPresent()
                ? Optional.of(BackupArchive.load(open(origin.path.orElseThrow()), origin.backupId.orElseThrow()))
                : Optional.empty();
        Optional<BackupArchive> archive = named.or(() -> place.storage().flatMap(storage -> archive(storage, record)));
        return new KnownJob(
                record,
                place.state(),
                archive.filter(found -> sameAs(found, record)),
                place.config().flatMap(JobConfig::target).map(JobConfig.Cluster::connection));
    }

    private static Optional<BackupArchive> archive(ObjectStore storage, RestoreRecord record) {
        try {
            return Optional.of(BackupArchive.load(storage, record.spec().backupId()));
        } catch (StoreException.NotFound e) {
            return Optional.empty();
        }
    }

    private boolean sameAs(BackupArchive archive, RestoreRecord record) {
        boolean same = archive.manifestSha256().equals(record.spec().manifestSha256());
        if (!same) {
            console.note("Note: backup '" + record.spec().backupId() + "' is not the one that job " + record.jobId()
                    + " restored: its manifest has changed");
        }
        return same;
    }

    /** The states of the jobs of this machine that write to a cluster. */
    List<ObjectStore> statesInto(String clusterId) {
        List<ObjectStore> states = new ArrayList<>();
        new LocalJobs(console.environment())
                .into(clusterId, Set.of()).stream()
                        .map(LocalJobs.Entry::config)
                        .distinct()
                        .filter(Files::isRegularFile)
                        .flatMap(config -> ConfigFile.load(config, console).stream())
                        .forEach(config -> states.add(place(config).state()));
        return states;
    }

    /** Where the options place the state of a reset; empty if they do not. */
    Optional<ObjectStore> state(OriginOptions origin) {
        return origin.state.map(this::open).or(() -> origin.path.map(path -> new PrefixedStore(open(path), "segue")));
    }

    ObjectStore open(String location) {
        return keep(stores.open(location));
    }

    ObjectStore keep(ObjectStore store) {
        opened.add(store);
        return store;
    }

    @Override
    public void close() {
        opened.forEach(ObjectStore::close);
    }
}
