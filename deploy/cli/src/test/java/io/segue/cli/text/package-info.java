@NullMarked
package io.segue.cli.text;

import org.jspecify.annotations.NullMarked;
