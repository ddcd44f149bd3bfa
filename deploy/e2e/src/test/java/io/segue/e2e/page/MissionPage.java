package io.segue.e2e.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headings and code blocks of the mission page as they stand there; only hosts, paths and ids are replaced. */
final class MissionPage {
    private static final Pattern BLOCK = Pattern.compile("```(bash|yaml)\n(.*?)```", Pattern.DOTALL);

    private final List<String> commands = new ArrayList<>();
    private final List<String> yaml = new ArrayList<>();
    private final Map<String, String> replaced = new TreeMap<>();

    static MissionPage load() throws IOException {
        MissionPage page = new MissionPage();
        try (InputStream in = Objects.requireNonNull(
                MissionPage.class.getResourceAsStream("/mission-page/offset-discontinuity.md"))) {
            Matcher block = BLOCK.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (block.find()) {
                if (block.group(1).equals("yaml")) {
                    page.yaml.add(block.group(2));
                } else {
                    page.commands(block.group(2));
                }
            }
        }
        return page;
    }

    private void commands(String block) {
        for (String line : block.replace("\\\n", " ").split("\n", -1)) {
            if (line.startsWith("kafka-")) {
                commands.add(line.strip().replaceAll("\\s+", " "));
            }
        }
    }

    MissionPage replace(String what, String with) {
        replaced.put(what, with);
        return this;
    }

    private String here(String text) {
        String here = text;
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            here = here.replace(one.getKey(), one.getValue());
        }
        return here;
    }

    /** Takes the first command that begins so out of the page, as words. */
    String[] take(String beginning) {
        for (String command : commands) {
            if (command.startsWith(beginning)) {
                commands.remove(command);
                return here(command).replace("\"", "").split(" ", -1);
            }
        }
        throw new AssertionError("no command left that begins with " + beginning + ": " + commands);
    }

    /** Takes the first YAML block that contains this out of the page. */
    String takeYaml(String containing) {
        for (String block : yaml) {
            if (block.contains(containing)) {
                yaml.remove(block);
                return here(block);
            }
        }
        throw new AssertionError("no block left with " + containing);
    }

    /** Commands and blocks that nobody has taken. */
    List<String> left() {
        List<String> left = new ArrayList<>(commands);
        left.addAll(yaml);
        return left;
    }
}
