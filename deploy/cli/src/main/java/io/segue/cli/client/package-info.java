/** Jobs that run in a fleet: how the command line hands them over, follows them, and shows their end. */
@NullMarked
package io.segue.cli.client;

import org.jspecify.annotations.NullMarked;
