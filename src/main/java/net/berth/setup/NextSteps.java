package net.berth.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.model.Guest;
import net.berth.model.GuestType;
import org.jspecify.annotations.Nullable;

/** Prints the commands that Berth cannot run itself. */
record NextSteps(SetupFiles files, SetupProbe probe, Interview asks) {
    /** The files in {@link #FOLDER} that {@code berth.service} loads as it is shipped. */
    static final Set<String> SHIPPED =
            Set.of("hook.secret", "api.token", "proxmox.token", "nipap.password", "router.key", "router.password");

    static final Path FOLDER = Path.of("/etc/berth");

    void say(
            SetupOptions answers,
            SetupProbe.RouterLogin login,
            List<ProposedNetwork> networks,
            SetupProbe.Cluster cluster) {
        List<ProposedNetwork> unknown =
                networks.stream().filter(one -> !one.inIpam()).toList();
        if (!unknown.isEmpty()) {
            asks.say("These prefixes are not in NIPAP; add each as an assignment:");
            unknown.forEach(one -> asks.say("  " + one.prefix() + "     # " + one.name()));
        }
        asks.say("As root on a node, once per cluster; skip what is there already:");
        probe.proxmoxCommands(answers.tokenId).forEach(line -> asks.say("  " + line));
        asks.say("On the router, as its admin; skip what is there already:");
        router(login).forEach(line -> asks.say("  " + line));
        service(
                files.path("hook.secret"),
                files.path("api.token"),
                answers.tokenFile,
                answers.nipapPasswordFile,
                login.file());
        String node = cluster.nodes().isEmpty() ? "NODE" : cluster.nodes().getFirst();
        asks.say("Copy the hookscript and its settings to the nodes, from this machine:");
        for (String each : cluster.nodes()) {
            asks.say("  ssh root@" + each + " mkdir -p /var/lib/vz/snippets && scp -p /usr/share/berth/berth-hook root@"
                    + each + ":/var/lib/vz/snippets/berth-hook && ssh root@" + each
                    + " chmod 755 /var/lib/vz/snippets/berth-hook");
        }
        asks.say("  { echo 'url = http://" + answers.listen + "'; printf 'secret = '; cat " + files.path("hook.secret")
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

    private void service(@Nullable Path... secrets) {
        List<String> lines =
                credentials(Arrays.stream(secrets).filter(Objects::nonNull).toList());
        if (!lines.isEmpty()) {
            asks.say("berth.service does not load these secrets yet; add these lines by systemctl edit berth:");
            asks.say("  [Service]");
            lines.forEach(line -> asks.say("  " + line));
        }
    }

    /** The lines that the unit lacks for these secrets. The service gets them as systemd credentials, by their files' names. */
    static List<String> credentials(List<Path> secrets) {
        List<String> lines = new ArrayList<>();
        for (Path secret : secrets) {
            String name = String.valueOf(secret.getFileName());
            boolean shipped = SHIPPED.contains(name) && FOLDER.equals(secret.getParent());
            if (!shipped) {
                lines.add("LoadCredential=" + name + ":" + secret);
            }
        }
        return lines;
    }

    /** The commands with which the router's admin gives Berth its login. */
    private List<String> router(SetupProbe.RouterLogin login) {
        return login.key()
                ? withKey(login.user(), probe.publicHalf(login.file()))
                : login(
                        login.user(),
                        List.of("authentication plaintext-password 'PASSWORD'     # the one in " + login.file()));
    }

    /** For a login with a key; with placeholders if the public half cannot be read. */
    static List<String> withKey(String user, Optional<PublicHalf> key) {
        String keys = "authentication public-keys berth ";
        return login(
                user,
                List.of(
                        keys + "type " + key.map(PublicHalf::type).orElse("TYPE"),
                        keys + "key " + key.map(PublicHalf::base64).orElse("PUBLIC-HALF")));
    }

    private static List<String> login(String user, List<String> logins) {
        List<String> lines = new ArrayList<>(List.of("configure"));
        String set = "set system login user " + user + " ";
        lines.add(set + "level admin");
        logins.forEach(login -> lines.add(set + login));
        lines.add("commit; save; exit");
        return lines;
    }

    private static String tool(Guest guest) {
        return guest.id().type() == GuestType.QEMU ? "qm" : "pct";
    }
}
