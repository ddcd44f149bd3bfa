/** The demo's own tests: its checker bites, and it runs. */
@NullMarked
package io.segue.e2e.demo;

import org.jspecify.annotations.NullMarked;
