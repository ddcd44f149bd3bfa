package io.segue.coordinator.plan;

import io.segue.protocol.kafka.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cuts of a merge. If records below a group's commits are written before all others, one position is exact for it. That
 * can be had for all groups whose commits form a chain, each having read at least what the one before had, everywhere. Of
 * all chains the one with the most groups is taken. Pure:
 *
 * <ol>
 *   <li>equal vectors are one; where there are more than {@value #MAX_VECTORS}, those of the most groups are looked at;
 *   <li>in lexicographic order, each vector continues the best chain of those that it dominates.
 * </ol>
 *
 * @param vectors rising; each has one offset for each input
 * @param groups whose vector is one of them
 */
record CutChain(List<List<Long>> vectors, Set<String> groups) {
    private static final int MAX_VECTORS = 500;

    static final CutChain NONE = new CutChain(List.of(), Set.of());

    CutChain {
        vectors = List.copyOf(vectors);
        groups = Set.copyOf(groups);
    }

    private record Link(List<Long> vector, Set<String> groups, int total, int before) {}

    /** @param sources the inputs of a task, in their order; what a group did not commit counts as 0 */
    static CutChain of(List<TopicPartition> sources, Collection<CommitVector> commits) {
        Map<List<Long>, Set<String>> byVector = new LinkedHashMap<>();
        for (CommitVector commit : commits) {
            List<Long> vector = sources.stream()
                    .map(source -> commit.offsets().getOrDefault(source, 0L))
                    .toList();
            if (vector.stream().anyMatch(offset -> offset > 0)) {
                byVector.computeIfAbsent(vector, key -> new TreeSet<>()).add(commit.group());
            }
        }
        List<Map.Entry<List<Long>, Set<String>>> rising = byVector.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<List<Long>, Set<String>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(entry -> entry.getValue().iterator().next()))
                .limit(MAX_VECTORS)
                .sorted(Map.Entry.comparingByKey(CutChain::lexicographic))
                .toList();
        List<Link> links = new ArrayList<>();
        for (Map.Entry<List<Long>, Set<String>> entry : rising) {
            links.add(longest(entry.getKey(), entry.getValue(), links));
        }
        return links.isEmpty() ? NONE : chain(links);
    }

    private static Link longest(List<Long> vector, Set<String> groups, List<Link> links) {
        int best = -1;
        for (int i = 0; i < links.size(); i++) {
            boolean longer = best < 0 || links.get(i).total() > links.get(best).total();
            if (longer && dominates(vector, links.get(i).vector())) {
                best = i;
            }
        }
        return new Link(
                vector, groups, groups.size() + (best < 0 ? 0 : links.get(best).total()), best);
    }

    private static CutChain chain(List<Link> links) {
        int end = 0;
        for (int i = 1; i < links.size(); i++) {
            end = links.get(i).total() > links.get(end).total() ? i : end;
        }
        List<List<Long>> vectors = new ArrayList<>();
        Set<String> groups = new TreeSet<>();
        for (int i = end; i >= 0; i = links.get(i).before()) {
            vectors.add(0, links.get(i).vector());
            groups.addAll(links.get(i).groups());
        }
        return new CutChain(vectors, groups);
    }

    private static boolean dominates(List<Long> high, List<Long> low) {
        for (int i = 0; i < high.size(); i++) {
            if (high.get(i) < low.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** A vector comes behind all that it dominates. */
    private static int lexicographic(List<Long> one, List<Long> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = Long.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The cuts of one input. */
    List<Long> of(int input) {
        return vectors.stream().map(vector -> vector.get(input)).toList();
    }
}
