package net.berth.setup;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.berth.config.SecretKind;
import net.berth.model.AddressRange;
import net.berth.model.Guest;
import net.berth.setup.ask.Interview;
import net.berth.setup.ask.Interview.Question;
import net.berth.setup.ask.SetupException;
import net.berth.setup.network.Exclusions;
import net.berth.setup.network.NetworkProposals;
import net.berth.setup.network.ProposedNetwork;

/**
 * Creates berth.yaml and its secrets: reads Proxmox, NIPAP and the router, proposes the networks, and prints the commands
 * that only root or the router's admin can run. Each answer is tried on its system before it counts. Until all are known,
 * nothing is created but a new key for the router.
 */
public final class Setup {
    private static final int ANY_PORT = 9;

    private final SetupOptions options;
    private final Interview asks;
    private final Path file;
    private final SetupFiles files;
    private final SetupContext context;

    /** @param file the settings file to create */
    public Setup(SetupOptions options, SetupProbe probe, Interview asks, Path file) {
        this.options = options;
        this.asks = asks;
        this.file = file.toAbsolutePath();
        this.files = new SetupFiles(Optional.ofNullable(this.file.getParent()).orElse(this.file));
        this.context = new SetupContext(options, probe, asks, files);
    }

    /**
     * Runs to the end.
     *
     * @param check reads the new settings as the receiver will, and throws when they have a mistake
     * @throws SetupException when something is in the way, missing or not trusted
     */
    public void run(Consumer<Path> check) {
        files.obstacle(file).ifPresent(why -> {
            throw new SetupException(why);
        });
        requireTrust();
        own("hook.secret", SecretKind.HOOK_KEYS, "whsec_" + random(32, Base64.getEncoder()) + "\n");
        own("api.token", SecretKind.API_TOKEN, random(24, Base64.getUrlEncoder().withoutPadding()) + "\n");

        ProxmoxAnswers proxmox = ProxmoxAnswers.ask(context);
        NipapAnswers nipap = NipapAnswers.ask(context);
        RouterAnswers router = RouterAnswers.ask(context);
        List<ProposedNetwork> networks = networks(proxmox.cluster().guests().all(), nipap, router.gateway());
        ListenerAnswers listener = ListenerAnswers.ask(
                context, localAddress(proxmox.urls().getFirst().getHost()));
        files.write(file, BerthYaml.of(options, listener, proxmox, nipap, router.login(), networks), check)
                .forEach(asks::say);
        new NextSteps(context).say(listener, proxmox, nipap, router.login(), networks);
    }

    /** With {@code --yes} no question about a certificate or host key is asked, so both must be known before. */
    private void requireTrust() {
        if (asks.silent() && (options.fingerprints.isEmpty() || options.hostKey.isEmpty())) {
            throw new SetupException("--yes needs --fingerprint and --host-key: without them, secrets would be sent to"
                    + " any machine that answers. On the node: openssl x509 -noout -fingerprint -sha256 -in"
                    + " /etc/pve/local/pve-ssl.pem; on the router: ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub"
                    + " (or another of its keys)");
        }
    }

    /** One of Berth's own secrets: that of an earlier run if it is good, else a new one. */
    private void own(String name, SecretKind kind, String fresh) {
        if (Files.exists(files.path(name))) {
            kind.read(files.path(name));
            asks.say("kept the existing file " + files.path(name));
        } else {
            files.later(name, fresh);
        }
    }

    private static String random(int bytes, Base64.Encoder encoder) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return encoder.encodeToString(random);
    }

    private List<ProposedNetwork> networks(List<Guest> guests, NipapAnswers nipap, SetupProbe.Gateway gateway) {
        NetworkProposals proposals =
                new NetworkProposals(guests, nipap.assignments(), gateway.networks(), gateway.view());
        asks.say("Bridges in use, with their NICs: " + proposals.links());
        List<ProposedNetwork> all = proposals.all(options.domain);
        return chosen(all).stream()
                .map(one -> one.without(exclude(one, Exclusions.proposed(one, guests, gateway.view()))))
                .toList();
    }

    /** Those that the flags name or that were found, if they are wanted; else those that are typed. */
    private List<ProposedNetwork> chosen(List<ProposedNetwork> all) {
        try {
            List<ProposedNetwork> chosen = ProposedNetwork.chosen(all, options.networks);
            chosen.forEach(one -> asks.say("  " + one.text()));
            if (asks.yes("Use these networks?")) {
                return chosen;
            }
        } catch (SetupException unknown) {
            if (asks.silent()) {
                throw unknown;
            }
            asks.say(SetupException.reason(unknown));
        }
        return asks.ask(
                new Question(
                        "Networks, PREFIX=BRIDGE[.VLAN]", "192.168.1.0/24=vmbr0 192.168.20.0/24=vmbr0.20", "--network"),
                "",
                text -> ProposedNetwork.chosen(all, List.of(text.split("[,\\s]+"))));
    }

    private List<AddressRange> exclude(ProposedNetwork network, List<AddressRange> proposed) {
        return asks.ask(
                new Question(
                        "Addresses of " + network.prefix() + " that no guest gets, or none",
                        "",
                        "exclude in berth.yaml",
                        Exclusions.text(proposed)),
                "",
                text -> Exclusions.parse(text, network.prefix()));
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
}
