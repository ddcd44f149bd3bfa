package io.segue.sandbox.server;

import io.segue.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands out local ports that nothing listens on. They lie below the range that operating systems take the ports of
 * outgoing connections from: a broker that restarts must find its port free again.
 */
public final class Ports {
    private static final int FIRST = 15_000;
    private static final int COUNT = 15_000;
    private static final AtomicInteger CURSOR =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /** A port that this JVM has not handed out before (short of 15,000 calls) and that is free now. */
    public static int next() {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = FIRST + Math.floorMod(CURSOR.getAndIncrement(), COUNT);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // the next one then
            }
        }
        throw new SandboxException("no free port among 1,000 tried between " + FIRST + " and " + (FIRST + COUNT), null);
    }
}
