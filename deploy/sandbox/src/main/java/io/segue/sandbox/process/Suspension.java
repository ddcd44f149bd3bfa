package io.segue.sandbox.process;

import io.segue.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Holds a process stopped with SIGSTOP. A stopped process cannot notice that its parent is gone, so a shell holds it:
 * when its standard input ends, by {@link #release()} or because this JVM died, it sends SIGCONT. Signals from the
 * terminal would end the shell too early, so it ignores them.
 */
final class Suspension {
    private static final String SCRIPT = "trap '' INT TERM HUP; kill -STOP \"$0\" && echo stopped && exec 1>&-; "
            + "read -r _; kill -CONT \"$0\" 2>/dev/null";
    private static final long LIMIT_SECONDS = 10;

    private final Process shell;

    private Suspension(Process shell) {
        this.shell = shell;
    }

    static Suspension of(long pid) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = shell.getInputStream()) {
                if (out.read() != 's') {
                    throw new SandboxException("process " + pid + " could not be stopped", null);
                }
            }
            return new Suspension(shell);
        } catch (IOException e) {
            throw new SandboxException("process " + pid + " could not be stopped", e);
        }
    }

    /** Lets the process go on, if it is still there. */
    void release() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new SandboxException("the shell that holds a suspended process did not end", null);
            }
        } catch (IOException e) {
            throw new SandboxException("a suspended process could not be continued", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
