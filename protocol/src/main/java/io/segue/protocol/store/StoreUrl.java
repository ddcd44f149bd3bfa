package io.segue.protocol.store;

import io.segue.protocol.config.StorageConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads where a store is from one word on a command line. */
final class StoreUrl {
    private static final String SEPARATOR = "://";
    private static final Set<String> PARAMETERS = Set.of("region", "endpoint", "path_style");
    private static final String FORMS =
            "give a path, file:///absolute/path or s3://bucket/prefix?region=…&endpoint=…&path_style=true";

    private StoreUrl() {}

    static StorageConfig parse(String location) {
        int separator = location.indexOf(SEPARATOR);
        if (location.isEmpty()) {
            throw refuse("an empty path");
        }
        if (separator < 0) {
            if (location.matches("(?i)(s3a?|file):.*")) {
                throw refuse("a / is missing after " + location.substring(0, location.indexOf(':') + 1));
            }
            return directory(location);
        }
        String scheme = location.substring(0, separator).toLowerCase(Locale.ROOT);
        String rest = location.substring(separator + SEPARATOR.length());
        return switch (scheme) {
            case "file" -> file(rest);
            case "s3", "s3a" -> s3(rest);
            default -> throw refuse("\"" + scheme + SEPARATOR + "\" is no store that Segue knows");
        };
    }

    private static StorageConfig file(String rest) {
        if (!rest.startsWith("/")) {
            throw refuse("a file URL has three slashes and an absolute path: file:///…");
        }
        // a plus is a plus in a path, unlike in a query
        return directory(decode(rest.replace("+", "%2B")));
    }

    private static StorageConfig directory(String path) {
        try {
            return new StorageConfig.FileSystem(Path.of(path));
        } catch (InvalidPathException notAPath) {
            throw refuse("\"" + path + "\" is not a path here: " + notAPath.getReason());
        }
    }

    private static StorageConfig s3(String rest) {
        int query = rest.indexOf('?');
        String place = query < 0 ? rest : rest.substring(0, query);
        Map<String, String> parameters = parameters(query < 0 ? "" : rest.substring(query + 1));
        int slash = place.indexOf('/');
        String bucket = slash < 0 ? place : place.substring(0, slash);
        if (bucket.contains("@") || bucket.contains(":")) {
            throw refuse("credentials and ports do not belong into an s3 URL; set AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, and endpoint=…");
        }
        if (bucket.isEmpty()) {
            throw refuse("the bucket is missing after s3://");
        }
        if (parameters.getOrDefault("endpoint", "").contains("@")) {
            throw refuse("credentials do not belong into an endpoint; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
        String prefix = slash < 0 ? "" : place.substring(slash + 1).replaceFirst("/+$", "");
        ObjectKeys.requirePrefix(prefix);
        return new StorageConfig.S3(
                bucket,
                Optional.ofNullable(parameters.get("region")),
                Optional.ofNullable(parameters.get("endpoint")),
                Optional.empty(),
                Optional.empty(),
                prefix,
                bool("path_style", parameters.getOrDefault("path_style", "false")));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!PARAMETERS.contains(name)) {
                throw refuse("an s3 URL has no parameter \"" + name + "\"");
            }
            String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
            if (value.isEmpty() || parameters.put(name, value) != null) {
                throw refuse("the parameter " + name + " needs exactly one value");
            }
        }
        return parameters;
    }

    private static boolean bool(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refuse(name + " is true or false, not \"" + value + "\"");
        };
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw refuse("a % in a URL is followed by two hexadecimal digits");
        }
    }

    private static StoreException.BadLocation refuse(String problem) {
        return new StoreException.BadLocation(problem + "; " + FORMS);
    }
}
