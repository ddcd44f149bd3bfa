/** The S3 end point: serialises the writes of one key and injects faults on the way to the S3 server behind it. */
@NullMarked
package io.segue.sandbox.faults;

import org.jspecify.annotations.NullMarked;
