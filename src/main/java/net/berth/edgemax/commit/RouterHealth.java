package net.berth.edgemax.commit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.Nodes;
import net.berth.edgemax.config.RouterShell;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;

/**
 * Whether what ran before a commit still runs, and {@code /etc/hosts} has the host mappings: a commit says 0 anyway.
 */
final class RouterHealth {
    private static final int LOOKS_AT_HOSTS = 4;
    /** What the router writes behind each line that its config made. */
    private static final String MARK = "#vyatta entry";

    private final RouterShell shell;
    private Set<Daemon> running = EnumSet.noneOf(Daemon.class);

    RouterHealth(RouterShell shell) {
        this.shell = shell;
    }

    /** Looks what runs, once. */
    void note() {
        if (running.isEmpty()) {
            running = Daemon.running(shell);
        }
    }

    /** What does not run any more, in words; empty when all does. */
    Optional<String> dead(ActiveConfig before, ActiveConfig now) {
        // If an admin has just switched the mode, which daemons live now is not Berth's doing.
        boolean switched = before.dnsmasq() != now.dnsmasq();
        Set<Daemon> dead = switched ? Set.of() : Daemon.dead(shell, running);
        String names = dead.stream().map(Daemon::program).sorted().collect(Collectors.joining(" and "));
        return dead.isEmpty() ? Optional.empty() : Optional.of(names + " did not run any more");
    }

    /** {@link #dead}, or what is wrong with the lines of the edited names in the hosts file, after a while. */
    Optional<String> fault(ChangePlan plan, ActiveConfig before, ActiveConfig now) {
        return dead(before, now)
                .or(() -> names(plan).isEmpty()
                        ? Optional.empty()
                        : shell.lasting(LOOKS_AT_HOSTS, () -> {
                            RouterShell.Said said = shell.run("cat /etc/hosts");
                            // A router that does not show the file is believed.
                            return said.ok() ? hostsFault(said.text(), plan, now) : Optional.empty();
                        }));
    }

    private static List<List<String>> names(ChangePlan plan) {
        return plan.edits().stream()
                .map(ConfigEdit::node)
                .filter(node -> !Nodes.isMapping(node))
                .toList();
    }

    /** What is wrong with the text of the hosts file; empty when the edited names are as the config says. */
    static Optional<String> hostsFault(String text, ChangePlan plan, ActiveConfig config) {
        for (List<String> node : names(plan)) {
            String name = node.getLast();
            Set<String> wanted =
                    config.entryAt(node).filter(DnsRecord.class::isInstance).map(DnsRecord.class::cast).stream()
                            .flatMap(DnsRecord::ipv4)
                            .map(IpAddress::toString)
                            .collect(Collectors.toCollection(TreeSet::new));
            Set<String> found = addresses(text, name);
            if (!found.equals(wanted)) {
                return Optional.of("/etc/hosts has " + name + " as " + found + ", not as " + wanted);
            }
        }
        return Optional.empty();
    }

    private static Set<String> addresses(String text, String name) {
        return text.lines()
                .filter(line -> line.contains(MARK))
                .map(line -> line.substring(0, line.indexOf('#')).strip().split("\\s+", -1))
                .filter(words -> words.length > 1 && words[1].equals(name))
                .map(words -> words[0])
                .filter(IpAddress::isAddress)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
