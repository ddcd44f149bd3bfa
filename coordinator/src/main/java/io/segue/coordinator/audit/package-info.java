/** The proof that a partition holds what it must (rule R4). Pure. */
@NullMarked
package io.segue.coordinator.audit;

import org.jspecify.annotations.NullMarked;
