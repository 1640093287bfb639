package net.berth.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth watch}. */
@Command(
        name = "watch",
        description = "Follow what happens, event by event, until Ctrl-C. After a break it goes on where it was. With"
                + " -o json each line is one CloudEvent. Asks the running receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE)
final class WatchCommand implements Callable<Integer> {
    /** The receiver pings every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final House house;
    private final Console console;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    WatchCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() {
        EventLine line = new EventLine(new Paint(console.colour()), ZoneId.systemDefault());
        Watcher watcher =
                new Watcher(new EventFeed(house.api(config.file()), SILENCE), Thread::sleep, new SecureRandom());
        try {
            watcher.run(event -> print(line, event), remark -> {
                console.err().println("berth: " + remark);
                console.err().flush();
            });
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        return Exit.OK;
    }

    private void print(EventLine line, ServerEvent event) {
        console.out().println(output.json() ? Json.escaped(event.data()) : line.of(event));
        console.out().flush();
    }
}
