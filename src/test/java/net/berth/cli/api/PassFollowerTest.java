package net.berth.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.berth.cli.CliBench;
import net.berth.cli.view.Progress.Bar;
import net.berth.engine.report.Health;
import net.berth.engine.report.PassSteps.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassFollowerTest {
    @Test
    void aReceiversNewestPassIsFollowedByItsHealth() {
        try (CliBench bench = new CliBench().started();
                PassFollower pass = new PassFollower(bench.api(Path.of("berth.yaml")))) {
            bench.berth()
                    .feels(new Health(
                            List.of(),
                            Instant.EPOCH,
                            List.of(
                                    new Health.PassHealth(Part.READING, 3, 9),
                                    new Health.PassHealth(Part.MENDING, 1, 4)),
                            List.of()));
            await().until(() -> pass.get().equals(Bar.of(Part.MENDING, 1, 4)));
            bench.berth().feels(new Health(List.of(), Instant.EPOCH));
            await().until(() -> !pass.get().known());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{\"passes\":[]}",
                "{\"passes\":[{\"part\":\"dancing\",\"done\":1,\"total\":2}]}",
                "{\"passes\":[{\"part\":\"reading\",\"done\":1}]}",
                "{\"passes\":[{\"part\":\"reading\",\"done\":-1,\"total\":-2}]}"
            })
    void whatTellsNothingLeavesTheMark(String health) {
        assertThat(PassFollower.read(health).known()).isFalse();
    }
}
