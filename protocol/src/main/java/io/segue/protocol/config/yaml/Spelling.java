package io.segue.protocol.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known word somebody may have meant. */
public final class Spelling {
    private static final int LONGEST_COMPARED = 100;

    private Spelling() {}

    /** The known word nearest to {@code word}, if it is near enough to be meant by it. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        int limit = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(bare(word), bare(candidate)) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(bare(word), bare(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters and digits only, so that {@code bootstrapServers} and {@code bootstrap-servers} are the same word. */
    private static String bare(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[_\\-. ]", "");
    }

    /** Insertions, deletions, substitutions and swaps of neighbours that make one word the other. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int substitution = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
