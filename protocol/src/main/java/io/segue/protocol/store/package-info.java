/** The port to the object store, where backups and the durable state of jobs live. */
@NullMarked
package io.segue.protocol.store;

import org.jspecify.annotations.NullMarked;
