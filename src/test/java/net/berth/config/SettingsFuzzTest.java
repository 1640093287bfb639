package net.berth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.berth.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a person, an editor or a template engine makes of berth.yaml. */
class SettingsFuzzTest {

    @Test
    void files(@TempDir Path folder) {
        SettingsFolder settings = new SettingsFolder(folder);
        Path file = settings.file("berth.yaml");
        Fuzz.of("berth-yaml", 2_500).knows(SettingsException.class).run(input -> {
            Files.write(file, input);
            try {
                return SettingsFile.read(file, Map.of()).settings();
            } catch (SettingsException e) {
                assertThat(e.lines()).isNotEmpty().allSatisfy(mistake -> assertThat(mistake)
                        .matches("\\P{Cntrl}*")
                        .startsWith(file + ":")
                        .hasSizeLessThan(2_000));
                throw e;
            }
        });
    }
}
