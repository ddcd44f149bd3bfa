package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.IndexedMappingFormat.Entry;
import io.segue.protocol.mapping.IndexedMappingFormat.Pair;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** One pair of an {@link IndexedMappingFile}: a lookup searches the index, then decodes one block. */
final class IndexedMapping implements OffsetMapping {
    private final IndexedMappingFile file;
    private final Pair pair;
    private final TopicPartition source;
    private final TopicPartition target;

    IndexedMapping(IndexedMappingFile file, Pair pair) {
        this.file = file;
        this.pair = pair;
        this.source = TopicPartition.parse(pair.source());
        this.target = TopicPartition.parse(pair.target());
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
        return pair.records();
    }

    @Override
    public Optional<Run> first() {
        return run(pair.first());
    }

    @Override
    public Optional<Run> last() {
        return run(pair.last());
    }

    private static Optional<Run> run(List<Long> numbers) {
        return numbers.size() == 3
                ? Optional.of(new Run(numbers.get(0), numbers.get(1), numbers.get(2)))
                : Optional.empty();
    }

    @Override
    public Optional<Run> reaching(long sourceOffset) {
        int block = blockReaching(Entry::sourceEnd, sourceOffset);
        return block == pair.blocks()
                ? Optional.empty()
                : runs(block).stream()
                        .filter(run -> run.sourceEnd() > sourceOffset)
                        .findFirst();
    }

    @Override
    public long recordsBelow(long sourceOffset) {
        int block = blockReaching(Entry::sourceEnd, sourceOffset);
        return block == pair.blocks()
                ? pair.records()
                : entry(block).recordsBefore()
                        + runs(block).stream()
                                .mapToLong(run -> run.recordsBelow(sourceOffset))
                                .sum();
    }

    @Override
    public long recordsBelowTarget(long targetOffset) {
        int block = blockReaching(Entry::targetEnd, targetOffset);
        return block == pair.blocks()
                ? pair.records()
                : entry(block).recordsBefore()
                        + runs(block).stream()
                                .mapToLong(run -> run.recordsBelowTarget(targetOffset))
                                .sum();
    }

    @Override
    public Iterable<Run> runs() {
        return () -> new Iterator<>() {
            private int block;
            private Iterator<Run> current = List.<Run>of().iterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && block < pair.blocks()) {
                    current = runs(block++).iterator();
                }
                return current.hasNext();
            }

            @Override
            public Run next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return current.next();
            }
        };
    }

    /** The first block that reaches beyond an offset. */
    private int blockReaching(ToLongFunction<Entry> end, long offset) {
        int low = 0;
        int high = pair.blocks();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end.applyAsLong(entry(middle)) > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Entry entry(int block) {
        return file.entry(pair, block);
    }

    private List<Run> runs(int block) {
        return file.runs(entry(block));
    }
}
