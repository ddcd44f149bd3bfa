package io.segue.worker.restore;

import io.segue.protocol.store.ObjectStore;

/** What fenced append rests on, each of which a world can be made to lack. The protocol itself stays as it is shipped. */
enum Safeguard {
    /** Markers keep older epochs out. */
    FENCE("taken behind a fence") {
        @Override
        void takeFrom(RestoreWorld world) {
            world.broker.withoutFencing();
        }
    },
    /** Who has lost its lease does not write. */
    LEASE_GATE("taken behind a fence") {
        @Override
        void takeFrom(RestoreWorld world) {
            world.withoutLeases();
        }
    },
    /** An acknowledgement must carry the expected offset. */
    EXPECTED_OFFSET("more than one batch was written") {
        @Override
        void takeFrom(RestoreWorld world) {
            world.targetSeen = BlindToOffsets::new;
        }
    },
    /** A batch leaves when the one before it is acknowledged. */
    ONE_IN_FLIGHT("record number") {
        @Override
        void takeFrom(RestoreWorld world) {
            world.targetSeen = TwoInFlight::new;
        }
    },
    /** Nothing is written before the attach is durable. */
    JOURNAL_BEFORE_DATA("gave up") {
        @Override
        void takeFrom(RestoreWorld world) {
            var seen = world.storeSeen;
            world.storeSeen = store -> new WriteBehind(seen.apply(store));
        }
    },
    /** Of two writers of one event exactly one wins. */
    CONDITIONAL_PUT("gave up") {
        @Override
        ObjectStore under(ObjectStore store) {
            return new OverwritingStore(store);
        }
    };

    private final String bite;

    Safeguard(String bite) {
        this.bite = bite;
    }

    /** What is said of a world that lacks it, in part. */
    String bite() {
        return bite;
    }

    void takeFrom(RestoreWorld world) {}

    /** The store without it. */
    ObjectStore under(ObjectStore store) {
        return store;
    }
}
