@NullMarked
package io.segue.cli.backup;

import org.jspecify.annotations.NullMarked;
