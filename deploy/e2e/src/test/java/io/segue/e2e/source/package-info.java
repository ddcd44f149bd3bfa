/** Tests of the package: what checks others bites. */
@NullMarked
package io.segue.e2e.source;

import org.jspecify.annotations.NullMarked;
