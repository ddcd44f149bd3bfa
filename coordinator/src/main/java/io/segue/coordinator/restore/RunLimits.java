package io.segue.coordinator.restore;

import io.segue.coordinator.dispatch.Workers;
import io.segue.protocol.time.Time;
import java.util.function.BooleanSupplier;

/**
 * How a process runs jobs.
 *
 * @param tasksAtATime attempts under way at most
 * @param stopped true once the process was asked to stop
 */
public record RunLimits(Workers workers, Time time, int tasksAtATime, BooleanSupplier stopped) {}
