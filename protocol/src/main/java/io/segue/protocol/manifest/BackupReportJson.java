package io.segue.protocol.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.protocol.manifest.BackupReport.Failure;
import io.segue.protocol.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code segue-backup.json}, version 1. */
public final class BackupReportJson {
    private static final int VERSION = 1;

    private BackupReportJson() {}

    /** The report of a backup; empty if it has none, as every backup of the peer. */
    public static Optional<BackupReport> load(ObjectStore store, String backupId) {
        String key = BackupReport.key(backupId);
        return store.size(key).isEmpty()
                ? Optional.empty()
                : Optional.of(JsonInput.load(store, key, BackupReportJson::report));
    }

    public static BackupReport read(String key, byte[] content) {
        return JsonInput.read(key, new ByteArrayInputStream(content), BackupReportJson::report);
    }

    public static byte[] write(BackupReport report) {
        return JsonOutput.write(json -> write(json, report));
    }

    private static BackupReport report(JsonInput in) {
        Integer version = null;
        String backupId = null;
        Long finishedAt = null;
        Long records = null;
        Long bytes = null;
        List<String> warnings = List.of();
        List<Failure> failures = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "version" -> version = in.version(VERSION);
                case "backup_id" -> backupId = in.string();
                case "finished_at" -> finishedAt = in.int64();
                case "records" -> records = in.count();
                case "bytes" -> bytes = in.count();
                case "warnings" -> warnings = in.strings();
                case "failures" -> failures = failures(in);
                default -> in.skip();
            }
        }
        in.required("version", version);
        return new BackupReport(
                in.required("backup_id", backupId),
                in.required("finished_at", finishedAt),
                in.required("records", records),
                in.required("bytes", bytes),
                warnings,
                in.required("failures", failures));
    }

    private static List<Failure> failures(JsonInput in) {
        List<Failure> failures = new ArrayList<>();
        in.beginArray();
        while (in.element()) {
            failures.add(failure(in));
        }
        return failures;
    }

    private static Failure failure(JsonInput in) {
        String topic = null;
        Integer partition = null;
        String message = null;
        in.beginObject();
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "topic" -> topic = ManifestJson.topicName(in);
                case "partition" -> partition = in.index();
                case "message" -> message = in.string();
                default -> in.skip();
            }
        }
        return new Failure(
                in.required("topic", topic), in.required("partition", partition), in.required("message", message));
    }

    private static void write(JsonGenerator json, BackupReport report) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeStringField("backup_id", report.backupId());
        json.writeNumberField("finished_at", report.finishedAt());
        json.writeNumberField("records", report.records());
        json.writeNumberField("bytes", report.bytes());
        json.writeArrayFieldStart("warnings");
        for (String warning : report.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("failures");
        for (Failure failure : report.failures()) {
            json.writeStartObject();
            json.writeStringField("topic", failure.topic());
            json.writeNumberField("partition", failure.partition());
            json.writeStringField("message", failure.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
