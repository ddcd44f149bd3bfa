package io.segue.cli.progress;

/**
 * How far something is.
 *
 * @param doing what is being done, one word: {@code restoring}
 * @param records done so far
 * @param totalRecords to do; 0 if unknown
 * @param bytes done so far
 * @param totalBytes to do; 0 if unknown
 */
public record Progress(String doing, long records, long totalRecords, long bytes, long totalBytes) {
    /** What is done, from 0 to 1; by bytes where their total is known, else by records; 0 if neither is. */
    double fraction() {
        if (totalBytes > 0) {
            return Math.min(1, (double) bytes / totalBytes);
        }
        return totalRecords > 0 ? Math.min(1, (double) records / totalRecords) : 0;
    }

    boolean hasTotal() {
        return totalBytes > 0 || totalRecords > 0;
    }
}
