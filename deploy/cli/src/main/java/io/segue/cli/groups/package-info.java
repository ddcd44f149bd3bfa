/** Commands about groups and the offsets that they are given: mappings, snapshots, rollbacks. */
@NullMarked
package io.segue.cli.groups;

import org.jspecify.annotations.NullMarked;
