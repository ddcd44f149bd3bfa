/** What coordinator and worker agree on for a backup. */
@NullMarked
package io.segue.protocol.backup;

import org.jspecify.annotations.NullMarked;
