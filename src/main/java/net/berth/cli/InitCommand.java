package net.berth.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.berth.model.RouterView;
import net.berth.security.ShownCertificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth init}. */
@Command(
        name = "init",
        description =
                "Make berth.yaml and its secrets: look at Proxmox, NIPAP and the router, propose the networks, and"
                        + " tell the few commands that only root or the router's admin can run. Overwrites nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE)
final class InitCommand implements Callable<Integer> {
    private static final int SSH = 22;

    private final House house;
    private final Console console;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private InitOptions options = new InitOptions();

    InitCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = config.file().toAbsolutePath();
        Example.obstacle(file).ifPresent(why -> {
            throw new CliException(why);
        });
        SetupFiles files = new SetupFiles(Optional.ofNullable(file.getParent()).orElse(file));
        Interview asks = new Interview(console, console.in(), options.yes);
        Scout scout = house.scout();
        NextSteps steps = new NextSteps(files, scout);

        URI url = uri(options.proxmoxUrl, asks.ask("Proxmox URL", text(options.proxmoxUrl), "--proxmox-url"));
        String fingerprint = fingerprint(asks, scout, url);
        Path token = secret(
                asks,
                options.tokenFile,
                files,
                "proxmox.token",
                "the token's secret",
                "--token-file",
                scout.proxmoxSetUp(options.tokenId));
        Scout.Cluster cluster = scout.cluster(url, fingerprint, options.tokenId, token);
        asks.say("Proxmox VE " + cluster.version() + ", nodes " + String.join(", ", cluster.nodes()) + ", "
                + cluster.guests().size() + " guests");

        URI nipap = uri(options.nipapUrl, asks.ask("NIPAP URL", text(options.nipapUrl), "--nipap-url"));
        Path password = secret(
                asks,
                options.nipapPasswordFile,
                files,
                "nipap.password",
                "NIPAP's password of " + options.nipapUser,
                "--nipap-password-file",
                List.of());
        List<Scout.Assignment> assignments = scout.assignments(nipap, options.nipapUser, password, options.vrf);
        asks.say("NIPAP's assignments: "
                + assignments.stream().map(one -> one.prefix().toString()).toList());

        Scout.RouterDoor door = door(asks, scout, files);
        Scout.Gateway gateway = gateway(asks, scout, door);
        List<Proposed> networks =
                networks(asks, new Proposals(cluster.guests(), assignments, gateway.networks(), gateway.view()));

        String listen = options.listen.isEmpty() ? LocalAddress.towards(url.getHost()) + ":8480" : options.listen;
        BerthYaml.Setup setup = new BerthYaml.Setup(
                listen,
                url,
                options.cluster,
                options.tokenId,
                token,
                fingerprint,
                nipap,
                options.nipapUser,
                password,
                options.vrf,
                door);
        write(asks, files, file, BerthYaml.of(setup, networks));
        steps.tell(asks, setup, networks, cluster);
        // Reads it as the receiver will; what is refused is told line by line.
        house.api(file);
        asks.say("Now: berth doctor --config " + file + ", then berth plan --config " + file);
        return Exit.OK;
    }

    private void write(Interview asks, SetupFiles files, Path file, String yaml) {
        asks.say(told(files, "hook.secret", "whsec_" + random(32, Base64.getEncoder()) + "\n"));
        asks.say(told(files, "api.token", random(24, Base64.getUrlEncoder().withoutPadding()) + "\n"));
        if (Example.is(file)) {
            asks.say("moved the example that was there to " + Example.setAside(file));
        }
        if (!files.makeForAll(file.toString(), yaml)) {
            throw new CliException(file + " was made meanwhile by somebody else and is left alone");
        }
        asks.say("made " + file);
    }

    private static String told(SetupFiles files, String name, String text) {
        return (files.make(name, text) ? "made " : "kept what was there: ") + files.path(name);
    }

    private static String random(int bytes, Base64.Encoder encoder) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return encoder.encodeToString(random);
    }

    private String fingerprint(Interview asks, Scout scout, URI url) {
        ShownCertificate shown;
        try {
            shown = scout.certificate(url);
        } catch (IOException e) {
            throw new CliException(url + " shows no certificate: " + e.getMessage(), e);
        }
        asks.say(url + " shows " + shown.subject() + ", until " + shown.notAfter());
        asks.say("  fingerprint " + shown.fingerprint());
        if (!options.fingerprint.isEmpty() && !options.fingerprint.equalsIgnoreCase(shown.fingerprint())) {
            throw new CliException(url + " does not show the certificate of --fingerprint: another machine may answer");
        }
        boolean trusted = !options.fingerprint.isEmpty()
                || asks.yes("Is it the node's? (there: openssl x509 -noout"
                        + " -fingerprint -sha256 -in /etc/pve/local/pve-ssl.pem)");
        if (!trusted) {
            throw new CliException("not trusted, so nothing was sent to it and nothing was made");
        }
        return shown.fingerprint();
    }

    /** A file that is named or is there already; else what a person types goes into a new one. */
    private static Path secret(
            Interview asks,
            @Nullable Path given,
            SetupFiles files,
            String name,
            String what,
            String flag,
            List<String> before) {
        if (given != null) {
            return given.toAbsolutePath();
        }
        if (!Files.exists(files.path(name))) {
            if (!before.isEmpty()) {
                asks.say("If there is none yet, as root on a node:");
                before.forEach(line -> asks.say("  " + line));
            }
            files.make(name, asks.ask(what, "", flag) + "\n");
        }
        return files.path(name);
    }

    private Scout.RouterDoor door(Interview asks, Scout scout, SetupFiles files) {
        String router = asks.ask("Router, HOST or HOST:PORT", options.router, "--router");
        int colon = router.lastIndexOf(':');
        String host = colon < 0 ? router : router.substring(0, colon);
        int port = colon < 0 ? SSH : Integer.parseInt(router.substring(colon + 1));
        List<String> shown = scout.hostKeys(host, port, options.legacy);
        asks.say("The router shows the host key " + String.join(", ", shown));
        String key = options.hostKey.isEmpty() ? shown.getFirst() : options.hostKey;
        if (!shown.contains(key)) {
            throw new CliException(host + " does not show the key of --host-key: another machine may answer");
        }
        if (options.hostKey.isEmpty()
                && !asks.yes("Is it the router's? (there: ssh-keygen -lf"
                        + " /etc/ssh/ssh_host_ecdsa_key.pub, and the like)")) {
            throw new CliException("not trusted, so nothing was sent to it");
        }
        if (options.routerPasswordFile != null) {
            Path password = options.routerPasswordFile.toAbsolutePath();
            return new Scout.RouterDoor(host, port, options.routerUser, password, false, key, options.legacy);
        }
        Path login = options.routerKeyFile == null ? files.path("router.key") : options.routerKeyFile.toAbsolutePath();
        if (!Files.exists(login)) {
            Scout.RouterKey made = scout.newKey();
            files.make("router.key", made.pem());
            asks.say("A new key was made. On the router:");
            RouterLines.withKey(options.routerUser, Optional.of(made)).forEach(line -> asks.say("  " + line));
            asks.yes("Is that done?");
        }
        return new Scout.RouterDoor(host, port, options.routerUser, login, true, key, options.legacy);
    }

    /** Without the router's help the rest can be made all the same. */
    private static Scout.Gateway gateway(Interview asks, Scout scout, Scout.RouterDoor door) {
        try {
            Scout.Gateway gateway = scout.router(door);
            asks.say("The router's shared networks: "
                    + gateway.networks().stream()
                            .map(one -> one.name() + " " + one.prefix())
                            .toList());
            return gateway;
        } catch (RuntimeException e) {
            asks.say("The router could not be asked, so nothing of it stands in networks: " + e.getMessage());
            return new Scout.Gateway(List.of(), new RouterView(List.of(), List.of(), List.of(), List.of(), List.of()));
        }
    }

    private List<Proposed> networks(Interview asks, Proposals proposals) {
        asks.say("Bridges in use, with their NICs: " + proposals.links());
        List<Proposed> chosen = ChosenNetworks.of(proposals.all(options.domain), options.networks);
        for (Proposed one : chosen) {
            asks.say("  " + one.name() + ": " + one.prefix() + " on " + one.bridge()
                    + (one.vlan() == 0 ? "" : "." + one.vlan()) + (one.dhcp().isEmpty() ? "" : ", DHCP " + one.dhcp())
                    + " (" + one.why() + ")");
        }
        if (!asks.yes("Take these networks?")) {
            throw new CliException("nothing was written to berth.yaml: say which by --network PREFIX=BRIDGE[.VLAN]");
        }
        return chosen;
    }

    private static String text(@Nullable URI uri) {
        return uri == null ? "" : uri.toString();
    }

    private static URI uri(@Nullable URI given, String answer) {
        return given == null ? URI.create(answer) : given;
    }
}
