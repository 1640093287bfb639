package net.berth.setup;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.edgemax.ssh.NewKey;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.security.ShownCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Creates berth.yaml and its secrets: reads Proxmox, NIPAP and the router, proposes the networks, and prints the commands
 * that only root or the router's admin can run. Overwrites nothing.
 */
public final class Setup {
    private static final int SSH = 22;
    private static final int ANY_PORT = 9;

    private final SetupOptions options;
    private final SetupProbe probe;
    private final Interview asks;
    private final Path file;
    private final SetupFiles files;

    /** @param file the settings file to create */
    public Setup(SetupOptions options, SetupProbe probe, Interview asks, Path file) {
        this.options = options;
        this.probe = probe;
        this.asks = asks;
        this.file = file.toAbsolutePath();
        this.files = new SetupFiles(Optional.ofNullable(this.file.getParent()).orElse(this.file));
    }

    /**
     * Runs to the end.
     *
     * @throws SetupException when something is in the way, missing or not trusted
     */
    public void run() {
        SetupFiles.obstacle(file).ifPresent(why -> {
            throw new SetupException(why);
        });
        requireTrust();
        URI url = url(options.proxmoxUrl, "Proxmox URL", "--proxmox-url");
        String fingerprint = fingerprint(url);
        Path token = secret(
                options.tokenFile,
                "proxmox.token",
                "the token's secret",
                "--token-file",
                probe.proxmoxCommands(options.tokenId));
        SetupProbe.Cluster cluster = probe.cluster(url, fingerprint, options.tokenId, token);
        asks.say("Proxmox VE " + cluster.version() + ", nodes " + String.join(", ", cluster.nodes()) + ", "
                + cluster.guests().all().size() + " guests");
        cluster.guests().problems().stream()
                .findFirst()
                .ifPresent(problem ->
                        asks.say(cluster.guests().problems().size() + " guests could not be read: " + problem));

        URI nipap = url(options.nipapUrl, "NIPAP URL", "--nipap-url");
        Path password = secret(
                options.nipapPasswordFile,
                "nipap.password",
                "NIPAP's password of " + options.nipapUser,
                "--nipap-password-file",
                List.of());
        Map<Prefix, Integer> assignments = probe.assignments(nipap, options.nipapUser, password, options.vrf);
        asks.say("NIPAP's assignments: " + assignments.keySet());

        SetupProbe.RouterLogin login = login();
        SetupProbe.Gateway gateway = gateway(login);
        List<ProposedNetwork> networks =
                networks(new NetworkProposals(cluster.guests().all(), assignments, gateway.networks(), gateway.view()));

        if (options.listen.isEmpty()) {
            options.listen = localAddress(url.getHost()) + ":8480";
        }
        options.proxmoxUrl = url;
        options.tokenFile = token;
        options.fingerprint = fingerprint;
        options.nipapUrl = nipap;
        options.nipapPasswordFile = password;
        write(BerthYaml.of(options, login, networks));
        new NextSteps(files, probe, asks).say(options, login, networks, cluster);
    }

    /** With {@code --yes} no question about a certificate or host key is asked, so both must be known before. */
    private void requireTrust() {
        if (asks.silent() && (options.fingerprint.isEmpty() || options.hostKey.isEmpty())) {
            throw new SetupException("--yes needs --fingerprint and --host-key: without them, secrets would be sent to"
                    + " any machine that answers. On the node: openssl x509 -noout -fingerprint -sha256 -in"
                    + " /etc/pve/local/pve-ssl.pem; on the router: ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub"
                    + " (or another of its keys)");
        }
    }

    private void write(String yaml) {
        asks.say(created("hook.secret", "whsec_" + random(32, Base64.getEncoder()) + "\n"));
        asks.say(created("api.token", random(24, Base64.getUrlEncoder().withoutPadding()) + "\n"));
        if (SetupFiles.isExample(file)) {
            asks.say("moved the example settings to " + SetupFiles.setExampleAside(file));
        }
        if (!files.createReadable(file.toString(), yaml)) {
            throw new SetupException(file + " was created by another process meanwhile and was not changed");
        }
        asks.say("created " + file);
    }

    private String created(String name, String text) {
        return (files.create(name, text) ? "created " : "kept the existing file ") + files.path(name);
    }

    private static String random(int bytes, Base64.Encoder encoder) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return encoder.encodeToString(random);
    }

    private String fingerprint(URI url) {
        ShownCertificate shown;
        try {
            shown = probe.certificate(url);
        } catch (IOException e) {
            throw new SetupException(url + " shows no certificate: " + e.getMessage(), e);
        }
        asks.say(url + " shows " + shown.subject() + ", until " + shown.notAfter());
        asks.say("  fingerprint " + shown.fingerprint());
        if (!options.fingerprint.isEmpty() && !options.fingerprint.equalsIgnoreCase(shown.fingerprint())) {
            throw new SetupException(
                    url + " does not show the certificate of --fingerprint: another machine may answer");
        }
        boolean trusted = !options.fingerprint.isEmpty()
                || asks.yes("Is it the node's? (there: openssl x509 -noout"
                        + " -fingerprint -sha256 -in /etc/pve/local/pve-ssl.pem)");
        if (!trusted) {
            throw new SetupException("not trusted, so nothing was sent to it and nothing was created");
        }
        return shown.fingerprint();
    }

    /** The file that a flag names, or the one that is there already; else the answer is written into a new one. */
    private Path secret(@Nullable Path given, String name, String what, String flag, List<String> before) {
        if (given != null) {
            return given.toAbsolutePath();
        }
        if (!Files.exists(files.path(name))) {
            if (!before.isEmpty()) {
                asks.say("If there is no token yet, as root on a node:");
                before.forEach(line -> asks.say("  " + line));
            }
            files.create(name, asks.ask(what, "", flag) + "\n");
        }
        return files.path(name);
    }

    private SetupProbe.RouterLogin login() {
        String router = asks.ask("Router, HOST or HOST:PORT", options.router, "--router");
        int colon = router.lastIndexOf(':');
        String host = colon < 0 ? router : router.substring(0, colon);
        int port = colon < 0 ? SSH : Integer.parseInt(router.substring(colon + 1));
        List<String> shown = probe.hostKeys(host, port, options.legacy);
        asks.say("The router shows the host key " + String.join(", ", shown));
        String hostKey = options.hostKey.isEmpty() ? shown.getFirst() : options.hostKey;
        if (!shown.contains(hostKey)) {
            throw new SetupException(host + " does not show the key of --host-key: another machine may answer");
        }
        if (options.hostKey.isEmpty()
                && !asks.yes("Is it the router's? (there: ssh-keygen -lf"
                        + " /etc/ssh/ssh_host_ecdsa_key.pub, or another of its keys)")) {
            throw new SetupException("not trusted, so nothing was sent to it");
        }
        if (options.routerPasswordFile != null) {
            Path password = options.routerPasswordFile.toAbsolutePath();
            return new SetupProbe.RouterLogin(host, port, options.routerUser, password, false, hostKey, options.legacy);
        }
        Path key = options.routerKeyFile == null ? files.path("router.key") : options.routerKeyFile.toAbsolutePath();
        if (!Files.exists(key)) {
            NewKey made = probe.newKey();
            files.create("router.key", made.pem());
            asks.say("A new key was created. On the router:");
            NextSteps.withKey(options.routerUser, Optional.of(made.publicHalf()))
                    .forEach(line -> asks.say("  " + line));
            asks.yes("Is that done?");
        }
        return new SetupProbe.RouterLogin(host, port, options.routerUser, key, true, hostKey, options.legacy);
    }

    /** If the router cannot be read, the settings are created without what it would have added. */
    private SetupProbe.Gateway gateway(SetupProbe.RouterLogin login) {
        try {
            SetupProbe.Gateway gateway = probe.router(login);
            asks.say("The router's shared networks: "
                    + gateway.networks().stream()
                            .map(one -> one.name() + " " + one.prefix())
                            .toList());
            return gateway;
        } catch (RuntimeException e) {
            asks.say("The router could not be read, so networks is made without its subnets: " + e.getMessage());
            return new SetupProbe.Gateway(List.of(), new RouterView(List.of(), List.of(), List.of(), List.of()));
        }
    }

    private List<ProposedNetwork> networks(NetworkProposals proposals) {
        asks.say("Bridges in use, with their NICs: " + proposals.links());
        List<ProposedNetwork> chosen = ProposedNetwork.chosen(proposals.all(options.domain), options.networks);
        for (ProposedNetwork one : chosen) {
            asks.say("  " + one.name() + ": " + one.prefix() + " on " + one.bridge()
                    + (one.vlan() == 0 ? "" : "." + one.vlan()) + (one.dhcp().isEmpty() ? "" : ", DHCP " + one.dhcp())
                    + " (" + one.why() + ")");
        }
        if (!asks.yes("Use these networks?")) {
            throw new SetupException("nothing was written to berth.yaml: name them by --network PREFIX=BRIDGE[.VLAN]");
        }
        return chosen;
    }

    /** The address from which this machine would connect to a host, the loopback address if unknown; nothing is sent. */
    private static String localAddress(String host) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), ANY_PORT));
            String address = socket.getLocalAddress().getHostAddress();
            return address.contains(":") ? "[" + address + "]" : address;
        } catch (IOException e) {
            return "127.0.0.1";
        }
    }

    private URI url(@Nullable URI given, String question, String flag) {
        String answer = asks.ask(question, given == null ? "" : given.toString(), flag);
        return given == null ? URI.create(answer) : given;
    }
}
