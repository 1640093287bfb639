package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the pages say of {@code berth} in a sentence, a table or a synopsis exists. */
class CommandsInPagesTest {
    /** In code inside a line, or a line of a block. */
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:`|^ *)berth ([a-z]+)\\b([^`\\n#]*)");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

    @Test
    void everyCommandAndOptionThatThePagesNameExists() throws IOException {
        Map<String, String> helps = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (Path page : pages()) {
            Matcher command = COMMAND.matcher(Files.readString(page));
            while (command.find()) {
                String help = helps.computeIfAbsent(command.group(1), CommandsInPagesTest::help);
                OPTION.matcher(command.group(2))
                        .results()
                        .filter(option -> !Pattern.compile("(?<![\\w-])" + option.group() + "(?![\\w-])")
                                .matcher(help)
                                .find())
                        .forEach(option -> unknown.add(page + ": " + command.group()));
                if (help.isEmpty()) {
                    unknown.add(page + ": " + command.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(new TreeSet<>(helps.keySet()))
                .containsExactlyElementsOf(new TreeSet<>(commands()))
                .hasSizeGreaterThan(10);
    }

    /** Empty when there is no such command. */
    private static String help(String command) {
        CliBench.Result result = new CliBench().run(command, "--help");
        return result.exit() == 0 ? result.out() : "";
    }

    private static List<String> commands() {
        String help = new CliBench().run("--help").out();
        return Pattern.compile("(?m)^  ([a-z]+) ")
                .matcher(help.substring(help.indexOf("Commands:")))
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md"), Path.of("hookscripts/README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }
}
