package io.segue.sandbox.process;

import io.segue.sandbox.S3Endpoint;
import io.segue.sandbox.SandboxException;
import io.segue.sandbox.Tuning;
import io.segue.sandbox.server.BuiltClassPath;
import io.segue.sandbox.server.Waiting;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** S3Proxy over a directory. Reachable only with the credentials of an {@link S3Endpoint}. */
final class S3Server {
    static final String REGION = "us-east-1";
    static final String BUCKET = "segue";
    static final String ACCESS_KEY_ID = "sandbox";
    static final String SECRET_ACCESS_KEY = "sandbox-secret";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CALL_MILLIS = 5_000;

    private S3Server() {}

    /** Starts the server on 127.0.0.1 and waits until it answers; the bucket exists then. */
    static void start(int port, Path directory, Tuning tuning, Children processes) {
        Path objects = directory.resolve("objects");
        Path file = directory.resolve("s3proxy.properties");
        try {
            // to this server a bucket is a directory
            Files.createDirectories(objects.resolve(BUCKET));
            Files.writeString(file, properties(port, objects), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new SandboxException("cannot write " + file, e);
        }
        ChildProcess child = processes.start(new ChildProcess.Command(
                "the S3 server",
                tuning,
                List.of("-Xmx384m", "-Dlogback.configurationFile=segue/s3-server-logback.xml"),
                List.of(BuiltClassPath.S3_SERVER.module(), BuiltClassPath.S3_SERVER.jars()),
                List.of("org.gaul.s3proxy.Main", "--properties", file.toString()),
                directory.resolve("s3proxy.log")));
        Waiting.until("answering", LIMIT, child, () -> answers(port));
    }

    private static String properties(int port, Path objects) {
        return String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + ACCESS_KEY_ID,
                "s3proxy.credential=" + SECRET_ACCESS_KEY,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + objects,
                "");
    }

    /** A request without a signature is refused, but only by a server that is up. */
    private static boolean answers(int port) {
        try {
            HttpURLConnection call = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/" + BUCKET)
                    .toURL()
                    .openConnection();
            call.setConnectTimeout(CALL_MILLIS);
            call.setReadTimeout(CALL_MILLIS);
            int status = call.getResponseCode();
            call.disconnect();
            return status == HttpURLConnection.HTTP_FORBIDDEN || status == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
