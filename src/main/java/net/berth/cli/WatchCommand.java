package net.berth.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import net.berth.cli.api.EventFollower;
import net.berth.cli.view.Answer;
import net.berth.cli.view.EventLine;
import picocli.CommandLine.Command;

/** {@code berth watch}. */
@Command(
        name = "watch",
        description = "Show events as they happen, until Ctrl-C. After a lost connection it continues with the next"
                + " event. With -o json each line is one CloudEvent. Asks the running receiver.")
final class WatchCommand extends BackendCommand.Output {
    /** The receiver pings every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    @Override
    public Integer call() {
        EventLine line = new EventLine(colours(), ZoneId.systemDefault());
        EventFollower follower = new EventFollower(backend().api(config()), SILENCE, Thread::sleep, new SecureRandom());
        try {
            follower.run(event -> print(line, event), remark -> {
                console().err().println("berth: " + remark);
                console().err().flush();
            });
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        return OK;
    }

    private void print(EventLine line, EventFollower.ServerEvent event) {
        console().out().println(json() ? Answer.escaped(event.data()) : line.of(event.data()));
        console().out().flush();
    }
}
