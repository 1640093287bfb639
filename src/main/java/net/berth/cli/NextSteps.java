package net.berth.cli;

import java.util.List;
import net.berth.model.Guest;
import net.berth.model.GuestType;

/** The few commands that Berth cannot run itself. */
final class NextSteps {
    private final SetupFiles files;
    private final Scout scout;

    NextSteps(SetupFiles files, Scout scout) {
        this.files = files;
        this.scout = scout;
    }

    void tell(Interview asks, BerthYaml.Setup setup, List<Proposed> networks, Scout.Cluster cluster) {
        List<Proposed> unknown = networks.stream().filter(one -> !one.inIpam()).toList();
        if (!unknown.isEmpty()) {
            asks.say("NIPAP lacks as an assignment:");
            unknown.forEach(one -> asks.say("  " + one.prefix() + "     # " + one.name()));
        }
        asks.say("As root on a node, once per cluster; what is there already needs nothing:");
        scout.proxmoxSetUp(setup.tokenId()).forEach(line -> asks.say("  " + line));
        asks.say("On the router, as its admin; what is there already needs nothing:");
        RouterLines.of(setup.door(), scout).forEach(line -> asks.say("  " + line));
        service(asks, setup);
        String node = cluster.nodes().isEmpty() ? "NODE" : cluster.nodes().getFirst();
        asks.say("Put the hookscript and its settings on the nodes, from this machine:");
        for (String each : cluster.nodes()) {
            asks.say("  ssh root@" + each + " mkdir -p /var/lib/vz/snippets && scp -p /usr/share/berth/berth-hook root@"
                    + each + ":/var/lib/vz/snippets/berth-hook && ssh root@" + each
                    + " chmod 755 /var/lib/vz/snippets/berth-hook");
        }
        asks.say("  { echo 'url = http://" + setup.listen() + "'; printf 'secret = '; cat " + files.path("hook.secret")
                + "; } | ssh root@" + node + " 'umask 077; cat > /etc/pve/priv/berth.conf'");
        asks.say("As root on a node, once per cluster; then for each template, and each guest that is there already:");
        asks.say("  pvesm set local --content iso,vztmpl,backup,snippets     # the list replaces yours: add to it");
        List<Guest> templates =
                cluster.guests().stream().filter(Guest::template).toList();
        templates.forEach(template -> asks.say(
                "  " + tool(template) + " set " + template.id().vmid() + " --hookscript local:snippets/berth-hook"));
        if (templates.isEmpty()) {
            asks.say("  qm set VMID --hookscript local:snippets/berth-hook");
        }
    }

    private void service(Interview asks, BerthYaml.Setup setup) {
        List<String> lines = Credentials.lines(List.of(
                files.path("hook.secret"),
                files.path("api.token"),
                setup.token(),
                setup.password(),
                setup.door().login()));
        if (!lines.isEmpty()) {
            asks.say(
                    "The service gets secrets of these names and places only with more lines, by systemctl edit berth:");
            asks.say("  [Service]");
            lines.forEach(line -> asks.say("  " + line));
        }
    }

    private static String tool(Guest guest) {
        return guest.id().type() == GuestType.QEMU ? "qm" : "pct";
    }
}
