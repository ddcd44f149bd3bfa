package io.segue.protocol.mapping;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs of one source partition in one target partition as bytes, near the least that random gaps can take. The form, in
 * order ({@code docs/mapping.md}):
 *
 * <ol>
 *   <li>varint: number of runs, from 1; varints: source and target offset of the first run;
 *   <li>for each column (source gap, target gap, length) a varint and a byte: its least value, which is taken from all, and
 *       the Rice parameter 0 to 62, or 255 if nothing is left of any;
 *   <li>bits: for each run the gaps to the run before (not for the first), then its length, each Rice-coded; a quotient of
 *       {@value #ESCAPE} or more is {@value #ESCAPE} ones and the value in 64 bits.
 * </ol>
 *
 * <p>Gaps that are as likely at one offset as at another have geometric lengths, for which Rice codes are all but optimal;
 * the escape bounds what other lengths cost.
 */
public final class RunBlock {
    /** Most runs of one block. */
    public static final int MAX_RUNS = 1 << 20;

    private static final int ESCAPE = 24;
    private static final int ALL_LEAST = 255;
    private static final int MAX_PARAMETER = 62;

    private RunBlock() {}

    /**
     * Encodes runs whose offsets rise.
     *
     * @param runs 1 to {@link #MAX_RUNS}
     */
    public static byte[] encode(List<Run> runs) {
        int count = runs.size();
        if (count == 0 || count > MAX_RUNS) {
            throw new IllegalArgumentException("a block holds 1 to " + MAX_RUNS + " runs, not " + count);
        }
        long[] sourceGaps = new long[count - 1];
        long[] targetGaps = new long[count - 1];
        long[] lengths = new long[count];
        for (int i = 0; i < count; i++) {
            Run run = runs.get(i);
            if (i > 0) {
                Run before = runs.get(i - 1);
                sourceGaps[i - 1] = rising(run.source() - before.sourceEnd(), before, run);
                targetGaps[i - 1] = rising(run.target() - before.targetEnd(), before, run);
            }
            lengths[i] = run.length();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, count);
        varint(out, runs.get(0).source());
        varint(out, runs.get(0).target());
        Column source = Column.of(sourceGaps);
        Column target = Column.of(targetGaps);
        Column length = Column.of(lengths);
        for (Column column : List.of(source, target, length)) {
            varint(out, column.least());
            out.write(column.parameter());
        }
        BitOutput bits = new BitOutput();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                source.write(bits, sourceGaps[i - 1]);
                target.write(bits, targetGaps[i - 1]);
            }
            length.write(bits, lengths[i]);
        }
        out.writeBytes(bits.bytes());
        return out.toByteArray();
    }

    private static long rising(long gap, Run before, Run run) {
        if (gap < 0) {
            throw new IllegalArgumentException(run + " does not follow " + before);
        }
        return gap;
    }

    /**
     * Decodes a block; what follows it in the buffer is not looked at.
     *
     * @throws InvalidMappingException if it is none
     */
    public static List<Run> decode(ByteBuffer block) {
        try {
            long count = varint(block);
            if (count < 1 || count > MAX_RUNS) {
                throw new InvalidMappingException("a block of " + count + " runs", null);
            }
            long source = varint(block);
            long target = varint(block);
            Column sourceGaps = Column.read(block);
            Column targetGaps = Column.read(block);
            Column lengths = Column.read(block);
            BitInput bits = new BitInput(block);
            List<Run> runs = new ArrayList<>((int) Math.min(count, 1 << 16));
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    source = Math.addExact(source, sourceGaps.read(bits));
                    target = Math.addExact(target, targetGaps.read(bits));
                }
                Run run = new Run(source, target, lengths.read(bits));
                runs.add(run);
                source = run.sourceEnd();
                target = run.targetEnd();
            }
            return runs;
        } catch (BufferUnderflowException | ArithmeticException | IllegalArgumentException e) {
            throw new InvalidMappingException("a damaged block of runs: " + e, e);
        }
    }

    /** How the values of a column are coded. */
    private record Column(long least, int parameter) {
        /** The parameter that makes it shortest is looked for around the mean. */
        static Column of(long[] values) {
            long least = Arrays.stream(values).min().orElse(0);
            long sum = 0;
            for (long value : values) {
                sum += Math.min(value - least, Long.MAX_VALUE / 2 - sum);
            }
            if (sum == 0) {
                return new Column(least, ALL_LEAST);
            }
            int middle = 63 - Long.numberOfLeadingZeros(Math.max(1, sum / values.length));
            Column best = new Column(least, middle);
            for (int k = Math.max(0, middle - 6); k <= Math.min(MAX_PARAMETER, middle + 1); k++) {
                Column other = new Column(least, k);
                best = other.size(values) < best.size(values) ? other : best;
            }
            return best;
        }

        static Column read(ByteBuffer block) {
            long least = varint(block);
            int parameter = block.get() & 0xff;
            if (parameter > MAX_PARAMETER && parameter != ALL_LEAST) {
                throw new IllegalArgumentException("Rice parameter " + parameter);
            }
            return new Column(least, parameter);
        }

        private long size(long[] values) {
            long bits = 0;
            for (long value : values) {
                long quotient = (value - least) >>> parameter;
                bits += quotient < ESCAPE ? quotient + 1 + parameter : ESCAPE + Long.SIZE;
            }
            return bits;
        }

        void write(BitOutput bits, long value) {
            if (parameter == ALL_LEAST) {
                return;
            }
            long quotient = (value - least) >>> parameter;
            if (quotient >= ESCAPE) {
                bits.ones(ESCAPE);
                bits.bits(value - least, Long.SIZE);
            } else {
                bits.ones((int) quotient);
                bits.bits(0, 1);
                bits.bits(value - least, parameter);
            }
        }

        long read(BitInput bits) {
            if (parameter == ALL_LEAST) {
                return least;
            }
            int quotient = bits.ones(ESCAPE);
            long value =
                    quotient == ESCAPE ? bits.bits(Long.SIZE) : ((long) quotient << parameter) | bits.bits(parameter);
            if (value < 0) {
                throw new IllegalArgumentException("a negative gap");
            }
            return Math.addExact(value, least);
        }
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static long varint(ByteBuffer block) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = block.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number beyond 2^63");
    }
}
