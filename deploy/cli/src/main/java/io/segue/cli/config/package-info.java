/** Configuration files on the command line. */
@NullMarked
package io.segue.cli.config;

import org.jspecify.annotations.NullMarked;
