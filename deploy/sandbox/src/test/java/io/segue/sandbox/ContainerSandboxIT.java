package io.segue.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segue.sandbox.container.ContainerSandbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.testcontainers.DockerClientFactory;

/** Every test counts as skipped where there is no Docker engine. */
final class ContainerSandboxIT extends SandboxContract {
    private static @Nullable Sandbox shared;

    @Override
    Sandbox sandbox() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "not run: there is no Docker engine here");
        if (shared == null) {
            shared = ContainerSandbox.start(SandboxOptions.defaults().withTarget(ClusterOptions.of(3)));
        }
        return shared;
    }

    @AfterAll
    static void close() {
        if (shared != null) {
            shared.close();
        }
    }
}
