package io.segue.protocol.segment;

/** How a segment's record stream is stored: the header's byte 5, the extension of its key, the manifest's word. */
public enum SegmentCompression {
    NONE(0, "none", ""),
    ZSTD(1, "zstd", ".zst"),
    LZ4(2, "lz4", ".lz4");

    private final int code;
    private final String word;
    private final String extension;

    SegmentCompression(int code, String word, String extension) {
        this.code = code;
        this.word = word;
        this.extension = extension;
    }

    public int code() {
        return code;
    }

    public String word() {
        return word;
    }

    public String extension() {
        return extension;
    }
}
