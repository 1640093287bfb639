package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of lifecycle rows names tests that exist, and every row has one. */
class LifecyclePageTest {
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)#(\\w+)`");

    @Test
    void everyRowNamesATestThatExists() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/lifecycle.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| event"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(25).allSatisfy(row -> assertThat(
                        NAME.matcher(row).results())
                .as(row)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(source(name.group(1)))
                        .containsPattern(String.format(Locale.ROOT, "@Test[^}]*void %s\\(", name.group(2)))));
    }

    private static String source(String test) throws IOException {
        String part = test.equals("LoopTest") ? "engine" : "lab";
        return Files.readString(Path.of("src/test/java/net/berth", part, test + ".java"));
    }
}
