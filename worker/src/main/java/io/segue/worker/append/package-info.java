/** Fenced append: exactly once into one target partition, across crashes (design.md §4). */
@NullMarked
package io.segue.worker.append;

import org.jspecify.annotations.NullMarked;
