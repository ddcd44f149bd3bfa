@NullMarked
package io.segue.cli.client;

import org.jspecify.annotations.NullMarked;
