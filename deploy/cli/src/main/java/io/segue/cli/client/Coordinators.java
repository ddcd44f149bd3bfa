package io.segue.cli.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Base URLs of the coordinators of a fleet, in the order in which they are asked; at least one. */
public record Coordinators(List<URI> urls) {
    /** Where they are named if not on the command line. */
    public static final String VARIABLE = "KAFKA_BACKUP_COORDINATOR";

    public Coordinators {
        urls = List.copyOf(urls);
    }

    /**
     * Reads {@code http://host:port,http://host:port}.
     *
     * @throws IllegalArgumentException if that is not what it is; the message says what is wrong
     */
    public static Coordinators parse(String text) {
        List<URI> urls = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            urls.add(url(part.strip()));
        }
        return new Coordinators(urls);
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && isBare(url)) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
        throw new IllegalArgumentException(expected(text));
    }

    private static boolean isBare(URI url) {
        return url.getPath().isEmpty()
                && url.getQuery() == null
                && url.getFragment() == null
                && url.getUserInfo() == null;
    }

    private static String expected(String text) {
        return "'" + text + "' is not the URL of a coordinator; they look like http://127.0.0.1:8700, several are"
                + " separated by commas";
    }
}
