package io.segue.sandbox.process;

import io.segue.sandbox.ClusterOptions;
import io.segue.sandbox.KafkaRelease;
import io.segue.sandbox.Sandbox;
import io.segue.sandbox.SandboxOptions;
import org.jspecify.annotations.Nullable;

/**
 * Sandboxes that all tests of a JVM share: started when first asked for, ended with the JVM. Whoever uses one picks names
 * of topics, groups and keys that no other test uses, and leaves brokers running and faults cleared.
 */
public final class SharedSandbox {
    private static final Shared SMALL = new Shared(SandboxOptions.defaults());
    private static final Shared THREE = new Shared(SandboxOptions.defaults().withTarget(ClusterOptions.of(3)));

    private static final Shared OLDEST =
            new Shared(SandboxOptions.defaults().withoutTarget().of(KafkaRelease.OLDEST));

    private SharedSandbox() {}

    /** One broker for the source, one for the target. */
    public static Sandbox get() {
        return SMALL.get();
    }

    /** One broker for the source, three for the target. */
    public static Sandbox three() {
        return THREE.get();
    }

    /** One broker of the oldest release that is supported, as the source. */
    public static Sandbox oldest() {
        return OLDEST.get();
    }

    private static final class Shared {
        private final SandboxOptions options;
        private @Nullable Sandbox sandbox;

        Shared(SandboxOptions options) {
            this.options = options;
        }

        synchronized Sandbox get() {
            if (sandbox == null) {
                // its own shutdown hook closes it
                sandbox = ProcessSandbox.start(options);
            }
            return sandbox;
        }
    }
}
