package io.segue.protocol.kafka;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Kafka's own command that grants what is missing; whoever runs it fills in the brokers and the user. */
public final class AclCommand {
    private AclCommand() {}

    /** @param operations by the brokers' words, such as {@code DESCRIBE_CONFIGS} */
    public static String topic(String topic, Collection<String> operations) {
        return grant(operations) + " --topic " + quoted(topic);
    }

    /** Reading a group's offsets and committing for it. */
    public static String group(String groupId) {
        return grant(List.of("READ")) + " --group " + quoted(groupId);
    }

    private static String grant(Collection<String> operations) {
        return "kafka-acls --bootstrap-server HOST:PORT --add --allow-principal User:NAME"
                + new TreeSet<>(operations)
                        .stream().map(word -> " --operation " + camel(word)).collect(Collectors.joining());
    }

    /** The tool writes {@code DescribeConfigs} for what brokers call {@code DESCRIBE_CONFIGS}. */
    private static String camel(String word) {
        return Arrays.stream(word.split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** One word for a shell. */
    private static String quoted(String name) {
        return name.matches("[A-Za-z0-9._-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }
}
