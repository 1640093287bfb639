package net.berth.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextStepsTest {
    @Test
    void onlyOtherNamesAndPlacesThanTheUnitsNeedLines() throws IOException {
        List<Path> shipped =
                NextSteps.SHIPPED.stream().map(NextSteps.FOLDER::resolve).toList();
        assertThat(NextSteps.credentials(shipped)).isEmpty();
        assertThat(NextSteps.credentials(List.of(Path.of("/etc/berth-test/api.token"), Path.of("/etc/berth/other"))))
                .containsExactly(
                        "LoadCredential=api.token:/etc/berth-test/api.token", "LoadCredential=other:/etc/berth/other");
        assertThat(Files.readAllLines(Path.of("systemd/berth.service")))
                .containsAll(shipped.stream()
                        .map(file -> "LoadCredential=" + file.getFileName() + ":" + file)
                        .toList());
    }
}
