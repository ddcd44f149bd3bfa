package io.segue.worker.append;

/** Who writes: a producer id and its epoch; a higher epoch of the same id fences every lower one. */
public record WriterId(long producerId, short epoch) {}
