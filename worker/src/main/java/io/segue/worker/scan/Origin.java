package io.segue.worker.scan;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a record says that it comes from.
 *
 * @param offset on the source, from 0
 * @param partition of the source; empty: the header is not there
 * @param cluster name of the source cluster; empty: the header is not there
 */
record Origin(long offset, OptionalInt partition, Optional<String> cluster) {}
