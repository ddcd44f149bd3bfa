package io.segue.protocol.config;

import io.segue.protocol.config.yaml.Types;
import io.segue.protocol.config.yaml.ValueType;
import io.segue.protocol.config.yaml.ValueType.Complaint;
import io.segue.protocol.kafka.TopicNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Names in a configuration. They are data: what Kafka or a store would not accept goes no further than here. */
final class NameTypes {
    private static final String ALLOWED = "allowed: a to z, A to Z, 0 to 9, '.', '_' and '-'";

    /** Leaves room in a storage key for a topic of any length. */
    private static final int MAX_BACKUP_ID = 512;

    /** What else stands at the root of a storage. */
    private static final List<String> TAKEN = List.of("segue", "offset-snapshots", "evidence-reports");

    private NameTypes() {}

    /** The name of a topic, by Kafka's rule. */
    static ValueType<String> topic() {
        return Types.text().unless(NameTypes::topicComplaint);
    }

    /** The id of a consumer group: anything but nothing. */
    static ValueType<String> group() {
        return Types.text()
                .unless(group -> group.isEmpty()
                        ? Optional.of(
                                new Complaint("an empty name names no group", "remove it, or write the group's id"))
                        : Optional.empty());
    }

    /** The first elements of all keys of a backup. */
    static ValueType<String> backupId() {
        return Types.text().unless(NameTypes::backupIdComplaint);
    }

    private static Optional<Complaint> topicComplaint(String name) {
        if (TopicNames.legal(name)) {
            return Optional.empty();
        }
        if (name.isEmpty()) {
            return complaint("an empty name names no topic", "write the topic's name");
        }
        Optional<Complaint> character = characterComplaint(name, "");
        if (character.isPresent()) {
            return character;
        }
        return name.length() > TopicNames.MAX_LENGTH
                ? complaint(
                        "has " + name.length() + " characters; a topic's name has at most " + TopicNames.MAX_LENGTH,
                        "shorten it")
                : complaint("\".\" and \"..\" are no names of topics", "write the topic's name");
    }

    /**
     * What is wrong with the first character that no topic's name has.
     *
     * @param besides that mean something else here
     */
    static Optional<Complaint> characterComplaint(String name, String besides) {
        OptionalInt illegal = name.codePoints()
                .filter(c -> besides.indexOf(c) < 0 && !TopicNames.legal("a" + Character.toString(c)))
                .findFirst();
        return illegal.isPresent()
                ? complaint("has " + shown(illegal.getAsInt()) + ", which no topic's name has", ALLOWED)
                : Optional.empty();
    }

    private static Optional<Complaint> backupIdComplaint(String id) {
        if (id.length() > MAX_BACKUP_ID) {
            return complaint(
                    "has " + id.length() + " characters; a backup's name has at most " + MAX_BACKUP_ID, "shorten it");
        }
        List<String> elements = List.of(id.split("/", -1));
        if (TAKEN.contains(elements.get(0))) {
            return complaint(
                    "\"" + elements.get(0) + "\" is where other things than backups are kept", "choose another name");
        }
        boolean odd = id.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')
                || elements.stream()
                        .anyMatch(element -> element.isEmpty() || element.equals(".") || element.equals(".."));
        return odd
                ? complaint("is not a usable name", "use words separated by /, none of them empty, \".\" or \"..\"")
                : Optional.empty();
    }

    private static String shown(int character) {
        return Character.isISOControl(character) || character > 0x7E
                ? String.format("the character U+%04X", character)
                : "the character '" + Character.toString(character) + "'";
    }

    private static Optional<Complaint> complaint(String message, String suggestion) {
        return Optional.of(new Complaint(message, suggestion));
    }
}
