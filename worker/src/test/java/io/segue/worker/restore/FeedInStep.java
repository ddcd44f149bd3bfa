package io.segue.worker.restore;

/** Builds each batch when it is asked for, on the same thread: the same seed, the same steps. */
record FeedInStep(RecordSequence sequence, BatchBuilder builder) implements BatchFeed {
    @Override
    public Next take() {
        return BatchFeed.next(sequence, builder);
    }

    @Override
    public void close() {}
}
