package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the runs of one target partition: few of them stay at hand, many go into an indexed file. */
public final class MappingSpool implements RunSink, AutoCloseable {
    /** Most runs that stay at hand. */
    public static final int FEW = 1_000;

    private final TopicPartition target;
    private final Supplier<Path> file;
    private final List<Held> held = new ArrayList<>();
    private @Nullable IndexedMappingWriter writer;
    private @Nullable Path written;

    private record Held(TopicPartition source, Run run) {}

    /** @param file makes the file, if it comes to that */
    public MappingSpool(TopicPartition target, Supplier<Path> file) {
        this.target = target;
        this.file = file;
    }

    @Override
    public void add(TopicPartition source, Run run) {
        IndexedMappingWriter open = writer;
        if (open != null) {
            open.add(source, run);
            return;
        }
        held.add(new Held(source, run));
        if (held.size() > FEW) {
            Path path = file.get();
            IndexedMappingWriter opened = new IndexedMappingWriter(target, path);
            held.forEach(early -> opened.add(early.source(), early.run()));
            held.clear();
            writer = opened;
            written = path;
        }
    }

    /** Ends the file, if there is one. */
    public void finish() {
        IndexedMappingWriter open = writer;
        if (open != null) {
            open.finish();
            open.close();
            writer = null;
        }
    }

    /** The indexed file with all runs, or empty if they are {@link #atHand}. */
    public Optional<Path> file() {
        return Optional.ofNullable(written);
    }

    /** One mapping for each source partition, if there is no file. */
    public List<PartitionMapping> atHand() {
        PartitionMapping.Collector collector = new PartitionMapping.Collector();
        held.forEach(early -> collector.add(early.source(), early.run()));
        return collector.into(target);
    }

    @Override
    public void close() {
        IndexedMappingWriter open = writer;
        if (open != null) {
            open.close();
        }
    }
}
