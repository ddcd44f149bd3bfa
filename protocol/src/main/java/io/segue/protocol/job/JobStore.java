package io.segue.protocol.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.protocol.mapping.IndexedMappingFile;
import io.segue.protocol.mapping.MappingBytes;
import io.segue.protocol.mapping.MappingDocument;
import io.segue.protocol.mapping.MappingJson;
import io.segue.protocol.store.ObjectStore;
import io.segue.protocol.store.ObjectStore.PutResult;
import io.segue.protocol.store.PrefixedStore;
import io.segue.protocol.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The durable state of jobs in an object store, laid out as design.md §5 says; formats in {@code docs/job-state.md}. */
public final class JobStore {
    /** Tasks per page of a plan. */
    public static final int PAGE = 200;

    private static final int MAX_PAGES = 10_000;
    private static final String REQUEST = "request.json";
    private static final String SUBMITTED = "submitted/";
    private static final String ENDED = "ended/";
    private static final String MAPPINGS = "mapping/";
    private static final String MAPPING = MAPPINGS + "mapping.json";
    private static final int MAX_LISTED = 5_000_000;
    private static final long MAX_DOCUMENT = 256L << 20;

    private final ObjectStore store;
    private final ObjectMapper json = JobJson.mapper();

    /** One {@code plan/{page}.json}. */
    public record PlanPage(int version, List<JobTask> tasks) {}

    public JobStore(ObjectStore store) {
        this.store = store;
    }

    /** Where the state is, for messages. */
    public String describe() {
        return store.describe();
    }

    /**
     * Writes a new job: first its plan, last its spec, so that a job with a spec is complete.
     *
     * @return false if there is another plan of that id, of which nothing was changed
     */
    public boolean create(JobFile file, List<? extends JobTask> tasks) {
        for (int page = 0; page * PAGE < Math.max(1, tasks.size()); page++) {
            List<? extends JobTask> some = tasks.subList(page * PAGE, Math.min(tasks.size(), (page + 1) * PAGE));
            if (!writeOnce(planKey(file.jobId(), page), new PlanPage(1, List.copyOf(some)))) {
                return false;
            }
        }
        return writeOnce(specKey(file.jobId()), file);
    }

    /** The job, or empty if the store has none of that id. */
    public Optional<JobFile> find(String jobId) {
        requireId(jobId);
        try {
            return Optional.of(read(specKey(jobId), JobFile.class));
        } catch (StoreException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Ids of all planned jobs, oldest first. */
    public List<String> ids() {
        return store.list("jobs/", MAX_LISTED).stream()
                .map(ObjectStore.Listed::key)
                .filter(key -> key.endsWith("/spec.json"))
                .map(key -> key.substring("jobs/".length(), key.length() - "/spec.json".length()))
                .toList();
    }

    /**
     * Ids of all jobs that were submitted to a fleet, planned or not. A small listing, however much the jobs have stored; of
     * an id whose submission died half-way there is no request.
     */
    public List<String> submitted() {
        return store.list(SUBMITTED, MAX_LISTED).stream()
                .map(listed -> listed.key().substring(SUBMITTED.length()))
                .toList();
    }

    public PlanPage page(String jobId, int page) {
        return read(planKey(jobId, page), PlanPage.class);
    }

    /**
     * The tasks of a job that are of a kind, in the order of its plan.
     *
     * @param kind {@link JobTask} for all of them
     */
    public <T extends JobTask> List<T> tasks(String jobId, Class<T> kind) {
        List<T> tasks = new ArrayList<>();
        for (ObjectStore.Listed listed : store.list("jobs/" + jobId + "/plan/", MAX_PAGES)) {
            read(listed.key(), PlanPage.class).tasks().stream()
                    .filter(kind::isInstance)
                    .forEach(task -> tasks.add(kind.cast(task)));
        }
        return tasks;
    }

    public EventLog<JobEvent> journal(String jobId) {
        return EventLog.open(store, "jobs/" + jobId + "/journal", JobEvent.class, json);
    }

    /** The log of a task; fragments with many runs are left in the store, see {@link TaskFragments}. */
    public EventLog<TaskEvent> taskLog(String jobId, String taskId) {
        EventLog<TaskEvent> log = unreadTaskLog(jobId, taskId);
        log.refresh();
        return log;
    }

    /** As {@link #taskLog}, not read yet: for a task that has no log, or to be read later. */
    public EventLog<TaskEvent> unreadTaskLog(String jobId, String taskId) {
        return EventLog.unread(store, "jobs/" + jobId + "/tasks/" + taskId, TaskEvent.class, json, TaskEvent::kept);
    }

    /** Ids of the tasks that have a log, in one listing. */
    public Set<String> tasksBegun(String jobId) {
        String prefix = "jobs/" + jobId + "/tasks/";
        Set<String> begun = new HashSet<>();
        for (ObjectStore.Listed listed : store.list(prefix, MAX_LISTED)) {
            begun.add(listed.key().substring(prefix.length(), listed.key().lastIndexOf('/')));
        }
        return begun;
    }

    /** Those of {@link #submitted} that are not known to have ended; two small listings. */
    public List<String> open() {
        List<String> open = new ArrayList<>(submitted());
        Set<String> ended = new HashSet<>();
        store.list(ENDED, MAX_LISTED).forEach(listed -> ended.add(listed.key().substring(ENDED.length())));
        open.removeAll(ended);
        return open;
    }

    /** Notes that a job has ended: it is not {@link #open} any more. */
    public void markEnded(String jobId) {
        store.put(ENDED + jobId, new byte[0]);
    }

    /** Notes that there may be something to do about a job. */
    public void markOpen(String jobId) {
        store.delete(ENDED + jobId);
    }

    /** Stores what was submitted; of two submissions under one id the first stands and the second is told of it. */
    public PutResult submit(JobRequest request) {
        requireId(request.jobId());
        store.put(SUBMITTED + request.jobId(), new byte[0]);
        return writeOnce(documentKey(request.jobId(), REQUEST), request) ? PutResult.WRITTEN : PutResult.EXISTS;
    }

    /** What was submitted under this id; empty for a job that a command line runs by itself. */
    public Optional<JobRequest> request(String jobId) {
        requireId(jobId);
        return readDocument(jobId, REQUEST, JobRequest.class);
    }

    public EventLog<JobCommand> commands(String jobId) {
        return EventLog.open(store, "jobs/" + jobId + "/commands", JobCommand.class, json);
    }

    /** The claims of leadership, by epoch. */
    public LeaderClaims leaderClaims() {
        return new LeaderClaims(store, json);
    }

    /** Key of a document of the job, such as {@code audit.json}. */
    public static String documentKey(String jobId, String name) {
        return "jobs/" + jobId + "/" + name;
    }

    public void writeDocument(String jobId, String name, Object value) {
        write(documentKey(jobId, name), value);
    }

    public <T> Optional<T> readDocument(String jobId, String name, Class<T> type) {
        try {
            return Optional.of(read(documentKey(jobId, name), type));
        } catch (StoreException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Stores an indexed file of the mapping of a job; its documents refer to it by this name. */
    public void writeMappingFile(String jobId, String name, Path content) {
        store.put(documentKey(jobId, MAPPINGS + name), content);
    }

    /** Writes a document that never changes; false if there is another one of that name. */
    public boolean writeDocumentOnce(String jobId, String name, Object value) {
        return writeOnce(documentKey(jobId, name), value);
    }

    /** Stores the merged mapping of a job; it may be large. */
    public void writeMapping(String jobId, MappingDocument mapping) {
        try {
            Path file = Files.createTempFile("segue-mapping-", ".json");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                MappingJson.write(out, mapping);
                out.flush();
                store.put(documentKey(jobId, MAPPING), file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping of job " + jobId + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** The merged mapping, or empty if the job has none yet. Its indexed files are opened when lookups need them. */
    public Optional<MappingDocument> readMapping(String jobId) {
        String key = documentKey(jobId, MAPPING);
        if (store.size(key).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(MappingJson.read(key, store.open(key, 0), name -> openMapping(jobId, name)));
    }

    /** Opens an indexed file of the mapping of a job. */
    public IndexedMappingFile openMapping(String jobId, String name) {
        return IndexedMappingFile.open(MappingBytes.of(store, documentKey(jobId, MAPPINGS + name)));
    }

    /** A view of what a job stores below one of its directories, such as {@code reset}. */
    public ObjectStore below(String jobId, String directory) {
        requireId(jobId);
        return new PrefixedStore(store, documentKey(jobId, directory));
    }

    private void write(String key, Object value) {
        store.put(key, bytes(key, value));
    }

    private boolean writeOnce(String key, Object value) {
        byte[] content = bytes(key, value);
        return store.putIfAbsent(key, content) == PutResult.WRITTEN
                || Arrays.equals(store.read(key, MAX_DOCUMENT), content);
    }

    private byte[] bytes(String key, Object value) {
        try {
            return json.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(value)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(key + " cannot be written", e);
        }
    }

    private <T> T read(String key, Class<T> type) {
        byte[] content = store.read(key, MAX_DOCUMENT);
        try {
            return json.readValue(content, type);
        } catch (IOException e) {
            throw new EventLog.CorruptLogException(
                    store.describe() + ": " + key + " is not what this program wrote: " + e.getMessage(), e);
        }
    }

    private static String specKey(String jobId) {
        return "jobs/" + jobId + "/spec.json";
    }

    private static String planKey(String jobId, int page) {
        return "jobs/" + jobId + "/plan/" + String.format("%05d", page) + ".json";
    }

    private static void requireId(String jobId) {
        if (!jobId.matches("[a-z0-9][a-z0-9-]{2,80}")) {
            throw new IllegalArgumentException(
                    "'" + jobId + "' is not a job id; they look like restore-20261122-2215-3f9a");
        }
    }
}
