package io.segue.sandbox.process;

import io.segue.sandbox.SandboxException;
import java.util.ArrayList;
import java.util.List;

/** All processes of a sandbox. Once closed it starts none, so that nothing can slip through while the sandbox ends. */
final class Children implements AutoCloseable {
    private final List<ChildProcess> started = new ArrayList<>();
    private boolean closed;

    synchronized ChildProcess start(ChildProcess.Command command) {
        if (closed) {
            throw new SandboxException("the sandbox is closing; " + command.name() + " is not started", null);
        }
        started.removeIf(child -> !child.alive());
        ChildProcess child = ChildProcess.start(command);
        started.add(child);
        return child;
    }

    /** Kills every process that still runs: their data goes with them, so an orderly end would gain nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        started.forEach(ChildProcess::kill);
        started.clear();
    }
}
