package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose runs are in an indexed file, which is opened when the first of them is asked for. Used by one thread.
 */
public final class MappingInFile implements OffsetMapping {
    private final TopicPartition source;
    private final TopicPartition target;
    private final String file;
    private final long records;
    private final Run first;
    private final Run last;
    private final Function<String, IndexedMappingFile> open;
    private @Nullable OffsetMapping opened;

    /**
     * @param file name of the indexed file
     * @param open opens it; called once at most
     */
    MappingInFile(
            TopicPartition source,
            TopicPartition target,
            String file,
            long records,
            Run first,
            Run last,
            Function<String, IndexedMappingFile> open) {
        this.source = source;
        this.target = target;
        this.file = file;
        this.records = records;
        this.first = first;
        this.last = last;
        this.open = open;
    }

    /** What an indexed file holds, as a document refers to it. The mapping has at least one run. */
    public static MappingInFile of(OffsetMapping mapping, String file, Function<String, IndexedMappingFile> open) {
        return new MappingInFile(
                mapping.source(),
                mapping.target(),
                file,
                mapping.records(),
                mapping.first().orElseThrow(),
                mapping.last().orElseThrow(),
                open);
    }

    /** Name of the indexed file. */
    public String file() {
        return file;
    }

    private OffsetMapping opened() {
        OffsetMapping mapping = opened;
        if (mapping == null) {
            mapping = open.apply(file).mappings().stream()
                    .filter(found -> found.source().equals(source)
                            && found.target().equals(target)
                            && found.records() == records)
                    .findFirst()
                    .orElseThrow(() -> new InvalidMappingException(
                            file + " does not hold the mapping " + source + " → " + target + " of " + records
                                    + " records",
                            null));
            opened = mapping;
        }
        return mapping;
    }

    @Override
    public TopicPartition source() {
        return source;
    }

    @Override
    public TopicPartition target() {
        return target;
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public Optional<Run> first() {
        return Optional.of(first);
    }

    @Override
    public Optional<Run> last() {
        return Optional.of(last);
    }

    @Override
    public Optional<Run> reaching(long sourceOffset) {
        return opened().reaching(sourceOffset);
    }

    @Override
    public long recordsBelow(long sourceOffset) {
        return opened().recordsBelow(sourceOffset);
    }

    @Override
    public long recordsBelowTarget(long targetOffset) {
        return opened().recordsBelowTarget(targetOffset);
    }

    @Override
    public Iterable<Run> runs() {
        return opened().runs();
    }
}
