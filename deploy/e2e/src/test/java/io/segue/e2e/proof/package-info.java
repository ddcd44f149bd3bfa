/** Tests of the package: what checks others bites. */
@NullMarked
package io.segue.e2e.proof;

import org.jspecify.annotations.NullMarked;
