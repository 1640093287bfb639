package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConflictsPageTest {

    @ParameterizedTest
    @EnumSource(ConflictCode.class)
    void everyConflictIsExplainedToItsEnd(ConflictCode code) throws IOException {
        String page = Files.readString(Path.of("docs/conflicts.md"));
        assertThat(page).contains("\n## " + code + "\n", "(#" + code.name().toLowerCase(Locale.ROOT) + ")");
        String section = page.substring(page.indexOf("\n## " + code + "\n") + 4);
        int next = section.indexOf("\n## ");
        assertThat(next < 0 ? section : section.substring(0, next))
                .contains("\n> ", "**Found:**", "**Why Berth will not decide:**", "**What resolves it:**", "```sh");
    }
}
