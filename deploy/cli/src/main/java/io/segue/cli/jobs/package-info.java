/** What commands on jobs share. */
@NullMarked
package io.segue.cli.jobs;

import org.jspecify.annotations.NullMarked;
