package io.segue.cli.groups;

import picocli.CommandLine.Command;

/** {@code offset-rollback}: the group of commands. */
@Command(name = "offset-rollback", description = "Takes snapshots of committed offsets, and takes groups back to them.")
public final class OffsetRollbackCommand {}
