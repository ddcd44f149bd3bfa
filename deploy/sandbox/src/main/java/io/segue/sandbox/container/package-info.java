/** The sandbox as Docker containers, by Testcontainers. */
@NullMarked
package io.segue.sandbox.container;

import org.jspecify.annotations.NullMarked;
