@NullMarked
package io.segue.sandbox.server;

import org.jspecify.annotations.NullMarked;
