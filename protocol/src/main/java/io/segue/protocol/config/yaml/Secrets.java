package io.segue.protocol.config.yaml;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Which values are secrets, and whether one is named by a variable or written out. Values are those of {@link SourceText#inert}. */
final class Secrets {
    private static final Pattern NAME = Pattern.compile("(?i).*(passw|passphrase|pwd|secret|token|credential|jaas"
            + "|authorization|(api|access|account|private)[._-]?key|user[._-]?info|connection[._-]?string"
            + "|(^|[._-])sas([._-]|$)|\\.key$).*");
    private static final Pattern NAME_OF_PLACE =
            Pattern.compile("(?i).*[._-](url|file|location|path|id|name|type|class)");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;:/@._-]*");
    private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s]*@");
    private static final Pattern JAAS_OPTION =
            Pattern.compile("([\\w.$-]+)\\s*=\\s*(\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'|[^\\s\"';]+)");
    private static final Pattern JAAS_MODULE =
            Pattern.compile("\\s*[\\w.$]+\\s+(?i:required|requisite|sufficient|optional)\\s*;?\\s*");
    /** Every other option, such as {@code password}, {@code clientSecret} or {@code user_ada}, is taken for a secret. */
    private static final Set<String> JAAS_OPEN =
            Set.of("username", "clientId", "scope", "principal", "keyTab", "ticketCache", "serviceName", "tokenauth");

    private static final int LONGEST_JAAS = 4_096;

    private Secrets() {}

    /** True for a value that is written out, if only in part; nothing but variables is named. */
    static boolean written(ScalarNode node, String key) {
        String value = node.getValue();
        return !value.isEmpty() && !named(value) && !(key.contains("jaas") && namedInJaas(value));
    }

    private static boolean named(String value) {
        Matcher variables = SourceText.variables().matcher(value);
        return variables.find() && SEPARATORS.matcher(variables.replaceAll("")).matches();
    }

    private static boolean namedInJaas(String value) {
        if (value.length() > LONGEST_JAAS) {
            return false;
        }
        Matcher option = JAAS_OPTION.matcher(value);
        while (option.find()) {
            String content = option.group(2).replaceAll("^[\"']|[\"']$", "");
            boolean open = JAAS_OPEN.contains(option.group(1)) || content.matches("(?i)true|false");
            if (!open && !named(content)) {
                return false;
            }
        }
        return JAAS_MODULE.matcher(option.replaceAll("")).matches();
    }

    /** Every scalar below a node that is a secret by its name or its look, with its dotted path. */
    static void below(Node node, String key, BiConsumer<ScalarNode, String> found) {
        walk(node, key, (scalar, path, secret) -> {
            if (secret || scalar.getValue().contains("PRIVATE KEY-----")) {
                found.accept(scalar, path);
            }
        });
    }

    /** Every URL below a node that names a user, unless it is the value of a secret. */
    static void userInfo(Node root, BiConsumer<ScalarNode, String> found) {
        walk(root, "", (scalar, path, secret) -> {
            if (!secret && USER_INFO.matcher(scalar.getValue()).find()) {
                found.accept(scalar, path);
            }
        });
    }

    private static boolean secretName(String name) {
        return NAME.matcher(name).matches() && !NAME_OF_PLACE.matcher(name).matches();
    }

    private interface Visitor {
        void visit(ScalarNode scalar, String path, boolean secret);
    }

    private static void walk(Node node, String key, Visitor visitor) {
        walk(node, key, false, visitor, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** @param seen collections: an alias may lead back to where it stands */
    private static void walk(Node node, String key, boolean secret, Visitor visitor, Set<Node> seen) {
        if (node instanceof ScalarNode scalar) {
            visitor.visit(scalar, key, secret);
        } else if (!seen.add(node)) {
            return;
        } else if (node instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                walk(sequence.getValue().get(i), key + "[" + i + "]", secret, visitor, seen);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode scalar ? Document.asWritten(scalar) : "?";
                boolean within = secret || secretName(name);
                walk(tuple.getValueNode(), Section.join(key, name), within, visitor, seen);
            }
        }
    }
}
