package net.berth.edgemax.commit;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.berth.edgemax.config.RouterShell;

/** The programs on the router that use its config. */
public enum Daemon {
    DNSMASQ,
    DHCPD;

    private static final int LOOKS = 8;

    public String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that run now. */
    public static Set<Daemon> running(RouterShell shell) {
        Set<Daemon> found = EnumSet.noneOf(Daemon.class);
        for (Daemon daemon : values()) {
            String old = daemon == DHCPD ? " dhcpd3" : "";
            if (shell.run("pidof " + daemon.program() + old).ok()) {
                found.add(daemon);
            }
        }
        return found;
    }

    /**
     * Those that should run but do not, after a while for starting. A commit says 0 even when the daemon refused the
     * config that was written for it.
     */
    public static Set<Daemon> dead(RouterShell shell, Set<Daemon> expected) {
        return shell.lasting(LOOKS, () -> {
                    Set<Daemon> dead = EnumSet.noneOf(Daemon.class);
                    dead.addAll(expected);
                    dead.removeAll(running(shell));
                    return dead.isEmpty() ? Optional.empty() : Optional.of(dead);
                })
                .orElse(Set.of());
    }
}
