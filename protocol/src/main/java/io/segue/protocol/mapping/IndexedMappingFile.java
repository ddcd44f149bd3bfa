package io.segue.protocol.mapping;

import io.segue.protocol.mapping.IndexedMappingFormat.Entry;
import io.segue.protocol.mapping.IndexedMappingFormat.Pair;
import io.segue.protocol.mapping.IndexedMappingFormat.Pairs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A mapping that an {@link IndexedMappingWriter} wrote. Read are the table of pairs, and then the pages of the index and the
 * blocks of runs that lookups need; some of each are kept. Used by one thread.
 */
public final class IndexedMappingFile implements AutoCloseable {
    private static final int ENTRIES_PER_PAGE = 1024;
    private static final int PAGES_KEPT = 64;
    private static final int BLOCKS_KEPT = 64;
    private static final int MAX_TABLE = 64 << 20;
    private static final int MAX_BLOCK = 1 << 20;

    private final MappingBytes bytes;
    private final List<Pair> pairs;
    private final Map<Long, ByteBuffer> pages = new Kept<>(PAGES_KEPT);
    private final Map<Long, List<Run>> blocks = new Kept<>(BLOCKS_KEPT);

    private IndexedMappingFile(MappingBytes bytes, List<Pair> pairs) {
        this.bytes = bytes;
        this.pairs = pairs;
    }

    /**
     * Reads the table of pairs.
     *
     * @throws InvalidMappingException if the bytes are no indexed mapping
     */
    public static IndexedMappingFile open(MappingBytes bytes) {
        long size = bytes.size();
        int least = IndexedMappingFormat.HEADER_BYTES + IndexedMappingFormat.FOOTER_BYTES;
        expect(size >= least, bytes, "it has " + size + " bytes");
        ByteBuffer header = bytes.read(0, IndexedMappingFormat.HEADER_BYTES);
        expect(magic(header), bytes, "it does not begin as one");
        int version = header.getInt();
        expect(version == IndexedMappingFormat.VERSION, bytes, "it has version " + version);
        ByteBuffer footer = bytes.read(size - IndexedMappingFormat.FOOTER_BYTES, IndexedMappingFormat.FOOTER_BYTES);
        long position = footer.getLong();
        int length = footer.getInt();
        int crc = footer.getInt();
        expect(magic(footer), bytes, "it does not end as one: it was cut, or is still being written");
        expect(
                length >= 0
                        && length <= MAX_TABLE
                        && position >= IndexedMappingFormat.HEADER_BYTES
                        && position == size - IndexedMappingFormat.FOOTER_BYTES - length,
                bytes,
                "its table of pairs is out of place");
        ByteBuffer table = bytes.read(position, length);
        expect(IndexedMappingFormat.crc(table) == crc, bytes, "the checksum of its table of pairs is wrong");
        try {
            return new IndexedMappingFile(
                    bytes,
                    IndexedMappingFormat.JSON
                            .readValue(StandardCharsets.UTF_8.decode(table).toString(), Pairs.class)
                            .pairs());
        } catch (IOException e) {
            throw new InvalidMappingException(
                    bytes.name() + " is no mapping: its table of pairs cannot be read: " + e.getMessage(), e);
        }
    }

    /** One mapping for each source partition, in their order; good until {@link #close}. */
    public List<OffsetMapping> mappings() {
        return pairs.stream()
                .<OffsetMapping>map(pair -> new IndexedMapping(this, pair))
                .toList();
    }

    Entry entry(Pair pair, int block) {
        int page = block / ENTRIES_PER_PAGE;
        long position = pair.index() + (long) page * ENTRIES_PER_PAGE * Entry.BYTES;
        int entries = Math.min(ENTRIES_PER_PAGE, pair.blocks() - page * ENTRIES_PER_PAGE);
        ByteBuffer content = kept(pages, position, at -> {
            expect(at > 0 && at + (long) entries * Entry.BYTES <= bytes.size(), bytes, "its index is out of place");
            return bytes.read(at, entries * Entry.BYTES);
        });
        return Entry.read(content.slice((block % ENTRIES_PER_PAGE) * Entry.BYTES, Entry.BYTES));
    }

    List<Run> runs(Entry entry) {
        return kept(blocks, entry.position(), at -> {
            expect(
                    entry.length() > 0 && entry.length() <= MAX_BLOCK && at > 0 && at + entry.length() <= bytes.size(),
                    bytes,
                    "a block is out of place");
            ByteBuffer block = bytes.read(at, entry.length());
            expect(IndexedMappingFormat.crc(block) == entry.crc(), bytes, "the checksum of a block is wrong");
            List<Run> runs = RunBlock.decode(block);
            Run last = runs.get(runs.size() - 1);
            expect(
                    runs.get(0).source() == entry.source()
                            && runs.get(0).target() == entry.target()
                            && last.sourceEnd() == entry.sourceEnd()
                            && last.targetEnd() == entry.targetEnd(),
                    bytes,
                    "a block is not what the index says");
            return runs;
        });
    }

    private static <V> V kept(Map<Long, V> cache, long position, Function<Long, V> load) {
        V found = cache.get(position);
        if (found == null) {
            found = load.apply(position);
            cache.put(position, found);
        }
        return found;
    }

    private static boolean magic(ByteBuffer content) {
        byte[] magic = new byte[IndexedMappingFormat.MAGIC.length];
        content.get(magic);
        return Arrays.equals(magic, IndexedMappingFormat.MAGIC);
    }

    private static void expect(boolean met, MappingBytes bytes, String otherwise) {
        if (!met) {
            throw new InvalidMappingException(bytes.name() + " is no mapping: " + otherwise, null);
        }
    }

    @Override
    public void close() {
        bytes.close();
    }

    /** The entries used last. */
    private static final class Kept<V> extends LinkedHashMap<Long, V> {
        private static final long serialVersionUID = 1L;

        private final int limit;

        Kept(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
            return size() > limit;
        }
    }
}
