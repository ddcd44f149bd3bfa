/** What coordinator and worker say to each other: versioned JSON over the event bus; every handler is idempotent. */
@NullMarked
package io.segue.protocol.job.message;

import org.jspecify.annotations.NullMarked;
