package io.segue.sandbox.faults;

/** Which of the requests that a rule matches the fault happens to; they are counted from the rule's injection. */
public sealed interface Trigger {
    /** Every one. */
    record Always() implements Trigger {}

    /** The n-th, the 2n-th and so on. */
    record EveryNth(int n) implements Trigger {
        public EveryNth {
            requirePositive(n);
        }
    }

    /** The first n, then none. */
    record First(int n) implements Trigger {
        public First {
            requirePositive(n);
        }
    }

    /** Each with probability {@code p}, from 0 to 1; the same seed gives the same choices. */
    record Probability(double p, long seed) implements Trigger {
        public Probability {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a probability lies between 0 and 1, not " + p);
            }
        }
    }

    private static void requirePositive(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("a trigger counts from 1, not " + n);
        }
    }
}
