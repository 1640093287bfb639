package net.berth.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import net.berth.cli.api.EventFeed;
import net.berth.cli.api.EventFollower;
import net.berth.cli.api.ServerEvent;
import net.berth.cli.view.Console;
import net.berth.cli.view.EventLine;
import net.berth.cli.view.JsonValues;
import picocli.CommandLine.Command;

/** {@code berth watch}. */
@Command(
        name = "watch",
        description = "Show events as they happen, until Ctrl-C. After a lost connection it continues with the next"
                + " event. With -o json each line is one CloudEvent. Asks the running receiver.")
final class WatchCommand extends OutputCommand {
    /** The receiver pings every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    WatchCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        EventLine line = new EventLine(colours(), ZoneId.systemDefault());
        EventFollower follower =
                new EventFollower(new EventFeed(backend.api(config()), SILENCE), Thread::sleep, new SecureRandom());
        try {
            follower.run(event -> print(line, event), remark -> {
                console.err().println("berth: " + remark);
                console.err().flush();
            });
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        return OK;
    }

    private void print(EventLine line, ServerEvent event) {
        console.out().println(json() ? JsonValues.escaped(event.data()) : line.of(event.data()));
        console.out().flush();
    }
}
