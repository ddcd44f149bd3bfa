/** What every kind of sandbox needs to configure servers and to see that they are there. */
@NullMarked
package io.segue.sandbox.server;

import org.jspecify.annotations.NullMarked;
