package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import net.berth.cli.view.Console;
import net.berth.cli.view.Progress.Bar;
import net.berth.setup.ask.Answers;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OutputCommandTest {
    @Test
    void withJsonNoProgressIsShown() {
        StringWriter err = new StringWriter();
        PrintWriter writer = new PrintWriter(err);
        Console terminal = new Console(Answers.none(), writer, writer, false, true);
        CommandLine line = Cli.commands(new CliBench(), terminal);
        line.parseArgs("plan", "-o", "json");
        ChangeCommand.Plan command = line.getSubcommands().get("plan").getCommand();
        AtomicBoolean asked = new AtomicBoolean();
        Supplier<Bar> bar = () -> {
            asked.set(true);
            return Bar.UNKNOWN;
        };
        String done = command.showing("comparing", bar, () -> {
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !asked.get());
            return "done";
        });
        assertThat(done).isEqualTo("done");
        assertThat(err.toString()).isEmpty();
    }
}
