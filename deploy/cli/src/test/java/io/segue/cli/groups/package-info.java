@NullMarked
package io.segue.cli.groups;

import org.jspecify.annotations.NullMarked;
