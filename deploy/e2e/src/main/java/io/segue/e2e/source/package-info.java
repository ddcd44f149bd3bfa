/** Source clusters with a history: aborted transactions, compaction, deleted beginnings, groups at awkward places. */
@NullMarked
package io.segue.e2e.source;

import org.jspecify.annotations.NullMarked;
