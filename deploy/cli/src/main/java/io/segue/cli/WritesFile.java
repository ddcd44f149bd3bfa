package io.segue.cli;

/** A command whose {@code --output} may name a file, which the command writes. */
public interface WritesFile {}
