package io.segue.e2e.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes TCP connections on, same port, other address: what listens on one host's loopback becomes reachable from another
 * host. Runs in this JVM, or as a process of its own on the other host, where it ends with its standard input.
 */
final class Relay implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final List<ServerSocket> listening = new ArrayList<>();
    private final String to;

    private Relay(String to) {
        this.to = to;
    }

    static Relay start(String listen, String to, List<Integer> ports) throws IOException {
        Relay relay = new Relay(to);
        for (int port : ports) {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByName(listen), port));
            relay.listening.add(server);
            daemon(() -> relay.accept(server));
        }
        return relay;
    }

    /** Arguments: address to listen on, address to pass on to, ports. */
    public static void main(String[] args) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            ports.add(Integer.parseInt(args[i]));
        }
        try (Relay relay = start(args[0], args[1], ports)) {
            System.out.println("relaying " + relay.listening.size() + " ports");
            while (System.in.read() >= 0) {
                // only its end counts
            }
        }
    }

    /** The directory that a process of its own finds this class in. */
    static String location() {
        return Path.of(URI.create(Relay.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                Socket onward = new Socket(to, server.getLocalPort());
                daemon(() -> pump(from, onward));
                daemon(() -> pump(onward, from));
            } catch (IOException e) {
                // the server is not there now, or the relay is closing: the client sees a connection that ends
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // either end broke off: both are closed
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket server : listening) {
            server.close();
        }
    }
}
