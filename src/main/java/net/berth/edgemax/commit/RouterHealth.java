package net.berth.edgemax.commit;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.RouterShell;

/** Whether the router still does its work: what ran before a commit runs behind it, and the hosts file is as committed. */
final class RouterHealth {
    private final RouterShell shell;
    private final EdgeMaxSettings settings;
    private Set<Daemon> running = EnumSet.noneOf(Daemon.class);

    RouterHealth(RouterShell shell, EdgeMaxSettings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    /** Looks what runs, once. */
    void note() {
        if (running.isEmpty()) {
            running = Daemon.running(shell);
        }
    }

    /** What does not run any more, in words; empty when all does. */
    Optional<String> dead(ActiveConfig before, ActiveConfig now) {
        // If a person has just switched the mode, which daemons live now is not our doing.
        boolean switched = before.dnsmasq() != now.dnsmasq();
        Set<Daemon> dead = switched ? Set.of() : Daemon.dead(shell, running, settings);
        return dead.isEmpty() ? Optional.empty() : Optional.of(names(dead) + " did not run any more");
    }

    /** The same, and what is wrong with the hosts file. */
    Optional<String> fault(ChangePlan plan, ActiveConfig before, ActiveConfig now) {
        return dead(before, now).or(() -> HostsFile.fault(shell, plan, now, settings));
    }

    private static String names(Set<Daemon> daemons) {
        return daemons.stream().map(Daemon::program).sorted().collect(Collectors.joining(" and "));
    }
}
