/** The sandbox as local processes from Maven artefacts: no Docker, no root. */
@NullMarked
package io.segue.sandbox.process;

import org.jspecify.annotations.NullMarked;
