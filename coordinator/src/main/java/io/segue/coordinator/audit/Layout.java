package io.segue.coordinator.audit;

import io.segue.protocol.config.DeliveryMode;
import io.segue.protocol.job.Attaches;
import io.segue.protocol.job.TaskEvent.Attached;
import io.segue.protocol.mapping.Fragment.Stretch;
import io.segue.protocol.mapping.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a delivery can have put the records of a task; asked in their order, once. */
interface Layout {
    /** What is wrong with where records were seen, or null. */
    @Nullable
    Problem misplaced(Stretch stretch);

    /** @param attaches in the order of the journal */
    static Layout of(DeliveryMode delivery, long base, List<Attached> attaches) {
        return switch (delivery) {
            case AUTO, FENCED -> new Fenced(base, attaches);
            case TRANSACTIONAL -> new Transactional(attaches);
            case AT_LEAST_ONCE -> new Rising(base);
        };
    }

    /** One behind the other from an attach on, to the offset. */
    record Fenced(long base, List<Attached> attaches) implements Layout {
        @Override
        public @Nullable Problem misplaced(Stretch stretch) {
            Run run = stretch.run();
            for (long i : new long[] {0, run.length() - 1}) {
                long expected = Attaches.target(base, attaches, stretch.ordinal() + i);
                if (expected != run.target() + i) {
                    return Problem.hole(
                            "record " + (stretch.ordinal() + i) + " was seen at offset " + (run.target() + i)
                                    + ", the attaches put it at " + expected,
                            run.target() + i,
                            expected);
                }
            }
            return null;
        }
    }

    /** One behind the other, or behind the marker of a commit; behind an attach, where it says. */
    final class Transactional implements Layout {
        private final List<Attached> attaches;
        private long next = -1;

        Transactional(List<Attached> attaches) {
            this.attaches = attaches;
        }

        @Override
        public @Nullable Problem misplaced(Stretch stretch) {
            long at = stretch.run().target();
            long lowest = next;
            long highest = next + 1;
            for (Attached attach : attaches) {
                if (attach.ordinal() == stretch.ordinal()) {
                    lowest = attach.marker() + 1;
                    highest = lowest;
                }
            }
            if (at < lowest || at > highest) {
                return Problem.hole(
                        "record " + stretch.ordinal() + " was seen at offset " + at
                                + ", the transactions before it and the attaches put it at " + highest,
                        at,
                        highest);
            }
            next = stretch.run().targetEnd();
            return null;
        }
    }

    /** Each behind the ones before. */
    final class Rising implements Layout {
        private long next;

        Rising(long base) {
            this.next = base;
        }

        @Override
        public @Nullable Problem misplaced(Stretch stretch) {
            long at = stretch.run().target();
            if (at < next) {
                return Problem.hole(
                        "record " + stretch.ordinal() + " was seen at offset " + at + ", before offset " + next
                                + ", behind which it was to be acknowledged",
                        at,
                        next);
            }
            next = stretch.run().targetEnd();
            return null;
        }
    }
}
