package io.segue.sandbox.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Runs another main class that cannot outlive its parent: standard input is a pipe that the parent never writes to, so
 * its end means that the parent is gone, even by SIGKILL, which leaves it no chance to clean up.
 */
final class Tethered {
    private Tethered() {}

    /** Takes the name of a main class, then the arguments for it. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread tether = new Thread(Tethered::haltAtEndOfInput, "tether");
        tether.setDaemon(true);
        tether.start();
        String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            (cause == null ? e : cause).printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** The jar or directory that a child finds this class in. */
    static String location() {
        try {
            return Path.of(Tethered.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the sandbox's own classes have no file location", e);
        }
    }

    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // the parent has nothing to say; only the end counts
            }
        } catch (IOException e) {
            // a broken pipe ends the tether like a closed one
        }
        Runtime.getRuntime().halt(1);
    }
}
