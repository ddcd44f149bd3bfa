package io.segue.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a sandbox consists of.
 *
 * @param target empty for a sandbox without a second cluster
 * @param baseDirectory where the temporary directory is made; empty for memory-backed {@code /dev/shm} where there is
 *     room, else the JVM's temporary directory
 */
public record SandboxOptions(ClusterOptions source, Optional<ClusterOptions> target, Optional<Path> baseDirectory) {
    /** One broker for the source, one for the target. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(ClusterOptions.of(1), Optional.of(ClusterOptions.of(1)), Optional.empty());
    }

    public SandboxOptions withSource(ClusterOptions cluster) {
        return new SandboxOptions(cluster, target, baseDirectory);
    }

    public SandboxOptions withTarget(ClusterOptions cluster) {
        return new SandboxOptions(source, Optional.of(cluster), baseDirectory);
    }

    public SandboxOptions withoutTarget() {
        return new SandboxOptions(source, Optional.empty(), baseDirectory);
    }

    public SandboxOptions in(Path directory) {
        return new SandboxOptions(source, target, Optional.of(directory));
    }
}
