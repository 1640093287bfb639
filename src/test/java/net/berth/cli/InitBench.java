package net.berth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.berth.cli.view.Console;
import net.berth.edgemax.config.DhcpService;
import net.berth.edgemax.ssh.NewKey;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Prefix;
import net.berth.model.router.Neighbour;
import net.berth.model.router.RouterView;
import net.berth.proxmox.ProxmoxProbe;
import net.berth.security.Secret;
import net.berth.security.ShownCertificate;
import net.berth.setup.SetupProbe;
import net.berth.setup.ask.Answers;
import org.junit.jupiter.api.io.TempDir;

/** A person at {@code berth init}, and the house that is asked. */
abstract class InitBench {
    static final Prefix LAN = Prefix.parse("192.168.1.0/24");
    static final String TOKEN = "0b3c4f6e-1c2d-4e5f-8a9b-0c1d2e3f4a5b";
    static final String PASSWORD = "the-password";
    static final String HOST_KEY = "SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
    static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nPRIVATE\n-----END-----\n";

    @TempDir
    Path temp;

    final List<String> sent = new ArrayList<>();
    final List<String> hidden = new ArrayList<>();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final SortedMap<String, String> otherNodes = new TreeMap<>();
    List<String> nodes = List.of("pve1");
    boolean routerKnowsTheKey = true;

    Path folder() {
        return temp.resolve("berth");
    }

    Path made() {
        return folder().resolve("berth.yaml");
    }

    static String fingerprint(URI url) {
        return "%02X:".formatted(url.getHost().hashCode() & 0xFF).repeat(31) + "AB";
    }

    int init(List<String> answers, String... more) {
        try (CliBench bench = new CliBench()) {
            bench.probe = Optional.of(new Home());
            PrintWriter printed = new PrintWriter(out);
            Answers typed =
                    Answers.of(new BufferedReader(new StringReader(String.join("\n", answers) + "\n")), printed);
            Answers person = new Answers() {
                @Override
                public Optional<String> line(String prompt) {
                    return typed.line(prompt);
                }

                @Override
                public Optional<String> hidden(String prompt) {
                    hidden.add(prompt);
                    return typed.line(prompt);
                }
            };
            Console console = new Console(person, printed, new PrintWriter(err), false, true);
            List<String> arguments = Stream.concat(Stream.of("init", "-c", made().toString()), Stream.of(more))
                    .toList();
            int exit = Cli.run(bench, console, arguments);
            console.err().flush();
            return exit;
        }
    }

    /** All answers, none of them wrong. */
    static List<String> answers() {
        return new ArrayList<>(
                List.of("pve1", "y", TOKEN, "nipap", PASSWORD, "192.168.1.1", "Y", "yes", "yes", "", "", ""));
    }

    String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(file)));
    }

    Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder().resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** The flags with which nothing is asked; of two the later counts. */
    String[] silent(String more) throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "--yes",
                "--fingerprint=" + fingerprint(URI.create("https://pve1:8006")),
                "--host-key=" + HOST_KEY,
                "--proxmox-url=https://pve1:8006",
                "--token-file=" + secret("my.token", TOKEN),
                "--nipap-url=http://nipap:1337/XMLRPC",
                "--nipap-password-file=" + secret("my.password", PASSWORD),
                "--router=192.168.1.1",
                "--network=192.168.1.0/24=vmbr0.20"));
        flags.removeIf(flag -> flag.startsWith(more.substring(0, more.indexOf('='))));
        flags.add(more);
        return flags.toArray(String[]::new);
    }

    private final class Home extends SetupProbe {
        @Override
        public ShownCertificate certificate(URI url) throws IOException {
            if (url.getHost().contains("dead")) {
                throw new ConnectException("nothing answers");
            }
            sent.add("certificate");
            return new ShownCertificate(fingerprint(url), "CN=pve1", Instant.parse("2027-01-01T00:00:00Z"));
        }

        @Override
        public void reach(URI url) throws IOException {
            if (url.getHost().contains("dead")) {
                throw new ConnectException("nothing answers");
            }
        }

        @Override
        public List<String> hostKeys(String host, int port, boolean legacy) {
            sent.add("host keys");
            return List.of(HOST_KEY);
        }

        @Override
        public Cluster cluster(URI url, String fingerprint, String tokenId, Secret token) {
            sent.add("proxmox");
            if (!token.reveal().equals(TOKEN)) {
                throw new PeerException(Peer.PROXMOX, PeerException.Kind.REFUSED, "Proxmox does not know the token");
            }
            return new Cluster("9.1.3", nodes, "pve1", otherNodes, new ProxmoxProbe.Guests(List.of(), List.of()));
        }

        @Override
        public Map<Prefix, Integer> assignments(URI url, String user, Secret password, String vrf) {
            sent.add("nipap");
            if (!password.reveal().equals(PASSWORD)) {
                throw new PeerException(Peer.NIPAP, PeerException.Kind.REFUSED, "NIPAP does not know the password");
            }
            return Map.of(LAN, 0);
        }

        @Override
        public Gateway router(RouterLogin login, Secret secret) {
            sent.add("router");
            if (!routerKnowsTheKey) {
                throw new PeerException(Peer.ROUTER, PeerException.Kind.REFUSED, "the router refuses the login");
            }
            Neighbour camera =
                    new Neighbour(IpAddress.parse("192.168.1.77"), MacAddress.parse("00:11:22:33:44:55"), false);
            return new Gateway(
                    List.of(new DhcpService("LAN", LAN, "192.168.1.1", "home.lan")),
                    new RouterView(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(camera)));
        }

        @Override
        public NewKey newKey() {
            return new NewKey(KEY, new PublicHalf("ssh-ed25519", "PUBLIC"));
        }

        @Override
        public Optional<PublicHalf> publicHalf(Secret privateKey) {
            return Optional.of(new PublicHalf("ssh-ed25519", "PUBLIC"));
        }

        @Override
        public List<String> proxmoxCommands(String tokenId) {
            return List.of("pveum acl modify / --users berth@pve --roles Berth");
        }
    }
}
