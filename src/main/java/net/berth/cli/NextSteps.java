package net.berth.cli;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.Guest;
import net.berth.model.GuestType;

/** The few commands that Berth cannot run itself. */
final class NextSteps {
    private final SetupFiles files;
    private final List<String> router = new ArrayList<>();

    NextSteps(SetupFiles files) {
        this.files = files;
    }

    void newKey(String user, Scout.RouterKey key) {
        router.add("configure");
        router.add("set system login user " + user + " level admin");
        router.add("set system login user " + user + " authentication public-keys berth type " + key.type());
        router.add("set system login user " + user + " authentication public-keys berth key " + key.base64());
        router.add("commit; save; exit");
    }

    /** What the router's admin types. */
    List<String> router() {
        return List.copyOf(router);
    }

    void tell(Interview asks, BerthYaml.Setup setup, List<Proposed> networks, Scout.Cluster cluster) {
        List<Proposed> unknown = networks.stream().filter(one -> !one.inIpam()).toList();
        if (!unknown.isEmpty()) {
            asks.say("NIPAP lacks as an assignment:");
            unknown.forEach(one -> asks.say("  " + one.prefix() + "     # " + one.name()));
        }
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

    private static String tool(Guest guest) {
        return guest.id().type() == GuestType.QEMU ? "qm" : "pct";
    }
}
