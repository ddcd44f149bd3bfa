/** Reads partitions forward, record by record: the way in for backups and for scans. */
@NullMarked
package io.segue.worker.log;

import org.jspecify.annotations.NullMarked;
