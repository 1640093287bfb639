package net.berth.edgemax.commit;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.Pause;

/** The programs on the router that live from its config. */
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
    public static Set<Daemon> dead(RouterShell shell, Set<Daemon> expected, EdgeMaxSettings settings) {
        Set<Daemon> dead = EnumSet.noneOf(Daemon.class);
        for (int look = 0; look < LOOKS; look++) {
            if (look > 0) {
                Pause.of(settings.times().pause());
            }
            dead.clear();
            dead.addAll(expected);
            dead.removeAll(running(shell));
            if (dead.isEmpty()) {
                return dead;
            }
        }
        return dead;
    }
}
