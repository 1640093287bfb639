package net.berth.setup;

import java.util.List;
import net.berth.model.Guest;
import net.berth.model.GuestType;

/** Prints the commands that Berth cannot run itself. */
final class NextSteps {
    private final SetupFiles files;
    private final SetupProbe probe;
    private final Interview asks;

    NextSteps(SetupFiles files, SetupProbe probe, Interview asks) {
        this.files = files;
        this.probe = probe;
        this.asks = asks;
    }

    void say(BerthYaml.Answers setup, List<ProposedNetwork> networks, SetupProbe.Cluster cluster) {
        List<ProposedNetwork> unknown =
                networks.stream().filter(one -> !one.inIpam()).toList();
        if (!unknown.isEmpty()) {
            asks.say("These prefixes are not in NIPAP; add each as an assignment:");
            unknown.forEach(one -> asks.say("  " + one.prefix() + "     # " + one.name()));
        }
        asks.say("As root on a node, once per cluster; skip what is there already:");
        probe.proxmoxCommands(setup.tokenId()).forEach(line -> asks.say("  " + line));
        asks.say("On the router, as its admin; skip what is there already:");
        RouterCommands.of(setup.router(), probe).forEach(line -> asks.say("  " + line));
        service(setup);
        String node = cluster.nodes().isEmpty() ? "NODE" : cluster.nodes().getFirst();
        asks.say("Put the hookscript and its settings on the nodes, from this machine:");
        for (String each : cluster.nodes()) {
            asks.say("  ssh root@" + each + " mkdir -p /var/lib/vz/snippets && scp -p /usr/share/berth/berth-hook root@"
                    + each + ":/var/lib/vz/snippets/berth-hook && ssh root@" + each
                    + " chmod 755 /var/lib/vz/snippets/berth-hook");
        }
        asks.say("  { echo 'url = http://" + setup.listen() + "'; printf 'secret = '; cat " + files.path("hook.secret")
                + "; } | ssh root@" + node + " 'umask 077; cat > /etc/pve/priv/berth.conf'");
        asks.say("As root on a node, once per cluster; then for each template and each existing guest:");
        asks.say("  pvesm set local --content iso,vztmpl,backup,snippets     # replaces your list: add to it");
        List<Guest> templates =
                cluster.guests().all().stream().filter(Guest::template).toList();
        templates.forEach(template -> asks.say(
                "  " + tool(template) + " set " + template.id().vmid() + " --hookscript local:snippets/berth-hook"));
        if (templates.isEmpty()) {
            asks.say("  qm set VMID --hookscript local:snippets/berth-hook");
        }
    }

    private void service(BerthYaml.Answers setup) {
        List<String> lines = ServiceCredentials.lines(List.of(
                files.path("hook.secret"),
                files.path("api.token"),
                setup.token(),
                setup.password(),
                setup.router().file()));
        if (!lines.isEmpty()) {
            asks.say("berth.service does not load these secrets yet; add these lines by systemctl edit berth:");
            asks.say("  [Service]");
            lines.forEach(line -> asks.say("  " + line));
        }
    }

    private static String tool(Guest guest) {
        return guest.id().type() == GuestType.QEMU ? "qm" : "pct";
    }
}
