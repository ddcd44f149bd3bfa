package io.segue.coordinator.mapping;

import io.segue.protocol.job.JobStore;
import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.IndexedMappingFile;
import io.segue.protocol.mapping.MappingBytes;
import io.segue.protocol.mapping.MappingInFile;
import io.segue.protocol.mapping.MappingSpool;
import io.segue.protocol.mapping.OffsetMapping;
import io.segue.protocol.mapping.RunSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The mappings of one job: few runs of a target partition stand in the document, many in an indexed file of the partition,
 * which lookups read in pieces.
 */
public final class StoredMappings {
    private final JobStore jobs;
    private final String jobId;

    public StoredMappings(JobStore jobs, String jobId) {
        this.jobs = jobs;
        this.jobId = jobId;
    }

    /**
     * Keeps what is put into a sink.
     *
     * @param name of the file, if it comes to one; unique in the job
     * @param fill false: what it put in is worth nothing
     * @return one mapping for each source partition; none if the sink was not filled
     */
    public List<? extends OffsetMapping> keep(String name, TopicPartition target, Predicate<RunSink> fill) {
        try (MappingSpool spool = new MappingSpool(target, StoredMappings::temporary)) {
            try {
                if (!fill.test(spool)) {
                    return List.of();
                }
                spool.finish();
                Optional<Path> file = spool.file();
                return file.isPresent() ? stored(name + ".map", file.get()) : spool.atHand();
            } finally {
                spool.file().ifPresent(StoredMappings::delete);
            }
        }
    }

    private List<? extends OffsetMapping> stored(String name, Path file) {
        jobs.writeMappingFile(jobId, name, file);
        try (IndexedMappingFile indexed = IndexedMappingFile.open(MappingBytes.of(file))) {
            return indexed.mappings().stream()
                    .map(mapping -> MappingInFile.of(mapping, name, wanted -> jobs.openMapping(jobId, wanted)))
                    .toList();
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("segue-mapping-", ".map");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file can be made: " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed", e);
        }
    }
}
