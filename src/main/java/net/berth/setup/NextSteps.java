package net.berth.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.model.Guest;
import net.berth.model.GuestType;
import net.berth.security.ShellWord;
import net.berth.setup.SetupProbe.RouterLogin;
import net.berth.setup.network.ProposedNetwork;

/** Prints the commands that Berth cannot run itself. A name from another system is part of one only if it is a host name. */
record NextSteps(SetupContext context) {
    /** The files in {@link #FOLDER} that {@code berth.service} loads as it is shipped. */
    static final Set<String> SHIPPED = Set.of(
            "hook.secret",
            "api.token",
            "proxmox.token",
            "nipap.password",
            "router.key",
            "router.password",
            ListenerAnswers.CERTIFICATE,
            ListenerAnswers.KEY);

    static final Path FOLDER = Path.of("/etc/berth");

    void say(
            ListenerAnswers listener,
            ProxmoxAnswers proxmox,
            NipapAnswers nipap,
            RouterLogin login,
            List<ProposedNetwork> networks) {
        List<ProposedNetwork> unknown =
                networks.stream().filter(one -> !one.inIpam()).toList();
        if (!unknown.isEmpty()) {
            say("These prefixes are not in NIPAP; add each as an assignment:");
            unknown.forEach(one -> say("  " + one.prefix() + "     # " + one.name()));
        }
        say("As root on a node, once per cluster; skip what is there already:");
        context.probe().proxmoxCommands(context.options().tokenId).forEach(line -> say("  " + line));
        say("On the router, as its admin; skip what is there already:");
        RouterAnswers.commands(context.probe(), login).forEach(line -> say("  " + line));
        Path hook = context.files().path("hook.secret");
        List<Path> secrets = new ArrayList<>(List.of(
                hook, context.files().path("api.token"), proxmox.tokenFile(), nipap.passwordFile(), login.file()));
        secrets.addAll(listener.files());
        service(secrets);
        hookscript(listener, proxmox.cluster().nodes(), hook);
        say("As root on a node, once per cluster; then for each template and each existing guest:");
        say("  pvesm set local --content iso,vztmpl,backup,snippets     # replaces your list: add to it");
        List<Guest> templates = proxmox.cluster().guests().all().stream()
                .filter(Guest::template)
                .toList();
        templates.forEach(template -> say(
                "  " + tool(template) + " set " + template.id().vmid() + " --hookscript local:snippets/berth-hook"));
        if (templates.isEmpty()) {
            say("  qm set VMID --hookscript local:snippets/berth-hook");
        }
    }

    private void hookscript(ListenerAnswers listener, List<String> nodes, Path hookSecret) {
        List<String> hosts = nodes.stream().filter(ShellWord::isHost).toList();
        nodes.stream()
                .filter(node -> !ShellWord.isHost(node))
                .forEach(node -> say("There is no command for the node \"" + node + "\": that is no host name."));
        say("Copy the hookscript and its settings to the nodes, from this machine:");
        for (String host : hosts) {
            say("  ssh root@" + host + " mkdir -p /var/lib/vz/snippets && scp -p /usr/share/berth/berth-hook root@"
                    + host + ":/var/lib/vz/snippets/berth-hook && ssh root@" + host
                    + " chmod 755 /var/lib/vz/snippets/berth-hook");
        }
        String pin = listener.fingerprint().isEmpty()
                ? ""
                : "echo " + ShellWord.of("fingerprint = " + listener.fingerprint()) + "; ";
        say("  { echo " + ShellWord.of("url = " + listener.url()) + "; " + pin + "printf 'secret = '; cat "
                + ShellWord.of(hookSecret.toString()) + "; } | ssh root@"
                + (hosts.isEmpty() ? "NODE" : hosts.getFirst())
                + " 'umask 077; cat > /etc/pve/priv/berth.conf'");
    }

    private void service(List<Path> secrets) {
        List<String> lines = credentials(secrets);
        if (!lines.isEmpty()) {
            say("berth.service does not load these secrets yet; add these lines by systemctl edit berth:");
            say("  [Service]");
            lines.forEach(line -> say("  " + line));
        }
    }

    private void say(String line) {
        context.asks().say(line);
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

    /** What the router's admin types for a login with a key; with placeholders if the public half cannot be read. */
    static List<String> withKey(String user, Optional<PublicHalf> key) {
        String keys = "authentication public-keys berth ";
        return login(
                user,
                List.of(
                        keys + "type " + key.map(PublicHalf::type).orElse("TYPE"),
                        keys + "key " + key.map(PublicHalf::base64).orElse("PUBLIC-HALF")));
    }

    /** What the router's admin types for a login with a password. */
    static List<String> withPassword(String user, Path file) {
        return login(user, List.of("authentication plaintext-password 'PASSWORD'     # the one in " + file));
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
