package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Key;
import io.segue.protocol.config.yaml.Section;
import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.Values;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code storage:} and {@code state:}. */
final class StorageSection {
    static final Key<String> BACKEND = Key.of("backend", Types.words("s3", "filesystem"), "Which kind of storage.")
            .required();

    static final Key<Path> PATH = Key.of("path", Types.path(), "The directory.").required();
    static final Key<String> FILE_PREFIX = Key.of("prefix", Types.text(), "Of S3 only.")
            .withoutEffect("as with the peer, it is not part of the path; write it into path where it should be");
    static final Section<StorageConfig.FileSystem> FILE_SYSTEM =
            Section.of(List.of(BACKEND, PATH, FILE_PREFIX), values -> new StorageConfig.FileSystem(values.get(PATH)));

    static final Key<String> BUCKET =
            Key.of("bucket", Types.text(), "The bucket.").required();
    static final Key<String> REGION = Key.of(
            "region", Types.text(), "The region. Absent: what the AWS SDK finds (`AWS_REGION`, profile, instance).");
    static final Key<String> ENDPOINT =
            Key.of("endpoint", Types.text(), "URL of an S3-compatible server; implies `path_style`.");
    static final Key<Secret> ACCESS_KEY = Key.of(
                    "access_key",
                    SecretType.secret(),
                    "Access key. Absent: the AWS SDK's credential chain (`AWS_ACCESS_KEY_ID`, profile, role).")
            .alias("access_key_id");
    static final Key<Secret> SECRET_KEY = Key.of("secret_key", SecretType.secret(), "Secret key; needs `access_key`.")
            .alias("secret_access_key");
    static final Key<String> PREFIX = Key.of(
                    "prefix", Types.text().map(StorageSection::withoutSlashes), "Path below which everything is kept.")
            .or("", "none");
    static final Key<Boolean> PATH_STYLE = Key.of(
                    "path_style", Types.flag(), "Put the bucket into the path of the URL, not into its host.")
            .or(false);
    static final Key<Boolean> ALLOW_HTTP = Key.of("allow_http", Types.flag(), "Required for an `endpoint` without TLS.")
            .or(false);
    static final Section<StorageConfig.S3> S3 = new Section<>(
            List.of(BACKEND, BUCKET, REGION, ENDPOINT, ACCESS_KEY, SECRET_KEY, PREFIX, PATH_STYLE, ALLOW_HTTP),
            StorageSection::checkS3,
            StorageSection::s3);

    private StorageSection() {}

    static ValueType<StorageConfig> type() {
        Map<String, Section<? extends StorageConfig>> variants = new LinkedHashMap<>();
        variants.put("s3", S3);
        variants.put("filesystem", FILE_SYSTEM);
        String others = "use s3 or filesystem; copy the backup there";
        return Types.variants(BACKEND, variants, Map.of("azure", others, "gcs", others, "memory", others));
    }

    private static void checkS3(Values values) {
        Optional<String> endpoint = values.find(ENDPOINT);
        if (endpoint.isPresent() && !endpoint.get().matches("https?://[^/?#@]+(/[^?#]*)?")) {
            values.error(ENDPOINT, "is not a URL of a server", "write https://host:port, without user or query");
        } else if (endpoint.filter(url -> url.startsWith("http:")).isPresent() && !values.get(ALLOW_HTTP)) {
            values.error(ENDPOINT, "is not encrypted", "use https://, or add allow_http: true");
        }
        if (values.written(ACCESS_KEY) != values.written(SECRET_KEY)) {
            Key<?> missing = values.written(ACCESS_KEY) ? SECRET_KEY : ACCESS_KEY;
            values.error(missing, "is missing beside the other key", "write both, or none to use the credential chain");
        }
    }

    private static StorageConfig.S3 s3(Values values) {
        return new StorageConfig.S3(
                values.get(BUCKET),
                values.find(REGION),
                values.find(ENDPOINT),
                values.find(ACCESS_KEY),
                values.find(SECRET_KEY),
                values.get(PREFIX),
                values.get(PATH_STYLE) || values.has(ENDPOINT));
    }

    static String withoutSlashes(String prefix) {
        return prefix.replaceAll("^/+|/+$", "");
    }
}
