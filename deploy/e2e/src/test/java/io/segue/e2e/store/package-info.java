/** The object store on a real S3 server, with a network that fails. */
@NullMarked
package io.segue.e2e.store;

import org.jspecify.annotations.NullMarked;
