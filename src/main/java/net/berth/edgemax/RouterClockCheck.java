package net.berth.edgemax;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.check.Check;
import net.berth.engine.check.Clocks;
import net.berth.engine.check.Finding;

/** How far the router's clock is from this machine's: leases are told with the time left. */
record RouterClockCheck(SshConnection connection, EdgeMaxSettings settings, Clock clock) implements Check {
    private record Told(String seconds, Instant before, Instant after) {}

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> look() {
        Told told = connection.with(RouterShell.READER, talk -> {
            RouterShell shell = new RouterShell(talk, settings);
            Instant before = clock.instant();
            String seconds = shell.run("date +%s").text().strip();
            return new Told(seconds, before, clock.instant());
        });
        return List.of(
                told.seconds().matches("[0-9]{1,11}")
                        ? Clocks.compare(
                                settings.host(),
                                Instant.ofEpochSecond(Long.parseLong(told.seconds())),
                                told.before(),
                                told.after())
                        : Finding.yellow(settings.host() + " does not tell its time"));
    }
}
