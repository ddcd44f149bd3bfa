/** Brings stored segments to this machine. */
@NullMarked
package io.segue.worker.spool;

import org.jspecify.annotations.NullMarked;
