package io.segue.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand. Failures of the environment are thrown ({@code StoreException}, {@code KafkaFailure}) and reported by
 * {@link Failures}; every outcome that a user has to expect is an exit code.
 */
public interface Subcommand extends Callable<Integer> {
    ExitCode run();

    @Override
    default Integer call() {
        return run().code();
    }
}
