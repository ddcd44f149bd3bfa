/** Restores on real processes while everything around them fails, from a seeded schedule, until a checker has the word. */
@NullMarked
package io.segue.e2e.chaos;

import org.jspecify.annotations.NullMarked;
