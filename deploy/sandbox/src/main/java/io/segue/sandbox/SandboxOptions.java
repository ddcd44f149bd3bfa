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
public record SandboxOptions(
        ClusterOptions source, Optional<ClusterOptions> target, Optional<Path> baseDirectory, Tuning tuning) {
    /** One broker for the source, one for the target; quick to start. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                ClusterOptions.of(1), Optional.of(ClusterOptions.of(1)), Optional.empty(), Tuning.QUICK_START);
    }

    public SandboxOptions withSource(ClusterOptions cluster) {
        return new SandboxOptions(cluster, target, baseDirectory, tuning);
    }

    public SandboxOptions withTarget(ClusterOptions cluster) {
        return new SandboxOptions(source, Optional.of(cluster), baseDirectory, tuning);
    }

    public SandboxOptions withoutTarget() {
        return new SandboxOptions(source, Optional.empty(), baseDirectory, tuning);
    }

    /** Every broker of this release. */
    public SandboxOptions of(KafkaRelease release) {
        return new SandboxOptions(
                source.of(release), target.map(cluster -> cluster.of(release)), baseDirectory, tuning);
    }

    public SandboxOptions tuned(Tuning servers) {
        return new SandboxOptions(source, target, baseDirectory, servers);
    }

    public SandboxOptions in(Path directory) {
        return new SandboxOptions(source, target, Optional.of(directory), tuning);
    }
}
