/** What a process is to the operating system. */
@NullMarked
package io.segue.protocol.process;

import org.jspecify.annotations.NullMarked;
