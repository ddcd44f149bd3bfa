/** Numbers and tables for people. */
@NullMarked
package io.segue.cli.text;

import org.jspecify.annotations.NullMarked;
