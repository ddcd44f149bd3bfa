package io.segue.sandbox.process;

import io.segue.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program with a sandbox whose broker is suspended; it never ends by itself. */
final class SuspendingParent {
    static final String READY = "ready";

    private SuspendingParent() {}

    public static void main(String[] args) throws InterruptedException {
        SandboxOptions options = SandboxOptions.defaults().withoutTarget().in(Path.of(args[0]));
        ProcessSandbox.start(options).source().suspend(0);
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
