/** What people and programs are shown of jobs and of the fleet: the answers of the API. */
@NullMarked
package io.segue.protocol.job.view;

import org.jspecify.annotations.NullMarked;
