@NullMarked
package io.segue.cli.archive;

import org.jspecify.annotations.NullMarked;
