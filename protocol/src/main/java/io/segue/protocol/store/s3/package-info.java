/** The object store on S3, and the only place that knows the AWS SDK. */
@NullMarked
package io.segue.protocol.store.s3;

import org.jspecify.annotations.NullMarked;
