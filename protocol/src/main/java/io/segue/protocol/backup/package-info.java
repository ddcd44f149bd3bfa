/** What a backup takes of a partition. */
@NullMarked
package io.segue.protocol.backup;

import org.jspecify.annotations.NullMarked;
