package net.berth.edgemax.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.Nodes;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.Pause;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;

/**
 * The router's {@code /etc/hosts}, into which a commit writes the host mappings and out of which dnsmasq answers. A commit
 * says 0 whatever became of the file.
 */
final class HostsFile {
    private static final int LOOKS = 4;
    /** What the router puts behind each line that its config made. */
    private static final String MARK = "#vyatta entry";

    private HostsFile() {}

    /** What is wrong with the lines of the edited names, after a while; empty when they are as the config says. */
    static Optional<String> fault(RouterShell shell, ChangePlan plan, ActiveConfig config, EdgeMaxSettings settings) {
        Optional<String> fault = Optional.empty();
        for (int look = 0; look < LOOKS; look++) {
            if (look > 0) {
                Pause.of(settings.times().pause());
            }
            RouterShell.Said said = names(plan).isEmpty() ? new RouterShell.Said(1, "") : shell.run("cat /etc/hosts");
            // A router that does not show it is taken at its word.
            fault = said.ok() ? fault(said.text(), plan, config) : Optional.empty();
            if (fault.isEmpty()) {
                return fault;
            }
        }
        return fault;
    }

    private static List<String> names(ChangePlan plan) {
        return plan.edits().stream()
                .map(ConfigEdit::node)
                .filter(node -> node.size() == Nodes.HOSTS.size() + 1
                        && node.subList(0, Nodes.HOSTS.size()).equals(Nodes.HOSTS))
                .map(List::getLast)
                .toList();
    }

    static Optional<String> fault(String text, ChangePlan plan, ActiveConfig config) {
        for (String name : names(plan)) {
            Set<String> wanted = new TreeSet<>(
                    config.hostMapping(name).map(DnsRecord::addresses).orElse(List.of()));
            wanted.removeIf(address -> !IpAddress.isAddress(address));
            Set<String> found = new TreeSet<>(addresses(text, name));
            found.removeIf(address -> !IpAddress.isAddress(address));
            if (!found.equals(wanted)) {
                return Optional.of("/etc/hosts has " + name + " as " + found + ", not as " + wanted);
            }
        }
        return Optional.empty();
    }

    private static List<String> addresses(String text, String name) {
        List<String> addresses = new ArrayList<>();
        text.lines().filter(line -> line.contains(MARK)).forEach(line -> {
            String[] words = line.substring(0, line.indexOf('#')).strip().split("\\s+", -1);
            if (words.length > 1 && words[1].equals(name)) {
                addresses.add(words[0]);
            }
        });
        return addresses;
    }
}
