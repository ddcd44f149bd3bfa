package io.segue.protocol.mapping;

import io.segue.protocol.kafka.TopicPartition;
import io.segue.protocol.mapping.IndexedMappingFormat.Entry;
import io.segue.protocol.mapping.IndexedMappingFormat.Pair;
import io.segue.protocol.mapping.IndexedMappingFormat.Pairs;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the mapping of one target partition into a file with an index: runs of its source partitions in any interleaving,
 * those of each source in order. Held in memory is one open block for each source; index entries go to a file of their own
 * until the end.
 */
public final class IndexedMappingWriter implements RunSink, AutoCloseable {
    private final Path spool;
    private final DataOutputStream out;
    private final DataOutputStream entries;
    private final TopicPartition target;
    private final Map<TopicPartition, Open> sources = new TreeMap<>();
    private long position;

    /** A source partition that is being written. */
    private static final class Open {
        final TopicPartition source;
        final int number;
        final List<Run> block = new ArrayList<>();

        @Nullable
        Run first;

        @Nullable
        Run last;

        long records;
        long runs;
        int blocks;

        Open(TopicPartition source, int number) {
            this.source = source;
            this.number = number;
        }
    }

    /** @param file made anew; a file beside it holds the index while it is being written */
    public IndexedMappingWriter(TopicPartition target, Path file) {
        this.target = target;
        this.spool = file.resolveSibling(file.getFileName() + ".entries");
        try {
            this.out = open(file);
            this.entries = open(spool);
            out.write(IndexedMappingFormat.MAGIC);
            out.writeInt(IndexedMappingFormat.VERSION);
        } catch (IOException e) {
            throw failed(e);
        }
        this.position = IndexedMappingFormat.HEADER_BYTES;
    }

    private static DataOutputStream open(Path file) throws IOException {
        OutputStream raw = Files.newOutputStream(file);
        return new DataOutputStream(new BufferedOutputStream(raw, 1 << 16));
    }

    @Override
    public void add(TopicPartition source, Run run) {
        Open open = sources.computeIfAbsent(source, key -> new Open(key, sources.size()));
        Run before = open.last;
        if (before != null && (run.source() < before.sourceEnd() || run.target() < before.targetEnd())) {
            throw new IllegalArgumentException(source + " → " + target + ": " + run + " does not follow " + before);
        }
        if (open.first == null) {
            open.first = run;
        }
        open.last = run;
        open.block.add(run);
        open.runs++;
        if (open.block.size() == IndexedMappingFormat.RUNS_PER_BLOCK) {
            flush(open);
        }
    }

    private void flush(Open open) {
        if (open.block.isEmpty()) {
            return;
        }
        byte[] block = RunBlock.encode(open.block);
        Run first = open.block.get(0);
        Run last = open.block.get(open.block.size() - 1);
        Entry entry = new Entry(
                first.source(),
                last.sourceEnd(),
                first.target(),
                last.targetEnd(),
                open.records,
                position,
                block.length,
                IndexedMappingFormat.crc(ByteBuffer.wrap(block)));
        ByteBuffer bytes = ByteBuffer.allocate(Entry.BYTES);
        entry.write(bytes);
        try {
            out.write(block);
            entries.writeInt(open.number);
            entries.write(bytes.array());
        } catch (IOException e) {
            throw failed(e);
        }
        position += block.length;
        open.records += open.block.stream().mapToLong(Run::length).sum();
        open.blocks++;
        open.block.clear();
    }

    /** Completes the file; nothing can be added any more. */
    public void finish() {
        sources.values().forEach(this::flush);
        try {
            entries.flush();
            List<Pair> pairs = new ArrayList<>();
            for (Open open : sources.values()) {
                pairs.add(new Pair(
                        open.source.toString(),
                        target.toString(),
                        open.records,
                        open.runs,
                        open.blocks,
                        position,
                        numbers(open.first),
                        numbers(open.last)));
                copyEntries(open.number);
            }
            byte[] table = IndexedMappingFormat.JSON.writeValueAsBytes(new Pairs(pairs));
            out.write(table);
            out.writeLong(position);
            out.writeInt(table.length);
            out.writeInt(IndexedMappingFormat.crc(ByteBuffer.wrap(table)));
            out.write(IndexedMappingFormat.MAGIC);
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void copyEntries(int number) throws IOException {
        byte[] entry = new byte[Entry.BYTES];
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(spool), 1 << 16))) {
            for (long left = Files.size(spool) / (Integer.BYTES + Entry.BYTES); left > 0; left--) {
                int owner = in.readInt();
                in.readFully(entry);
                if (owner == number) {
                    out.write(entry);
                    position += entry.length;
                }
            }
        }
    }

    private static List<Long> numbers(@Nullable Run run) {
        return run == null ? List.of() : List.of(run.source(), run.target(), run.length());
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("the mapping of " + target + " cannot be written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            out.close();
            entries.close();
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
