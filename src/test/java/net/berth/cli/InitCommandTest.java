package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.cli.view.Console;
import net.berth.edgemax.config.DhcpService;
import net.berth.edgemax.ssh.NewKey;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.proxmox.ProxmoxProbe;
import net.berth.security.ShownCertificate;
import net.berth.setup.SetupProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth init} with a person who answers. */
class InitCommandTest {
    private static final Prefix LAN = Prefix.parse("192.168.1.0/24");

    @TempDir
    private Path folder;

    private final List<String> sent = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int init(List<String> answers, String... more) {
        try (CliBench bench = new CliBench()) {
            bench.probe = Optional.of(new Home());
            BufferedReader in = new BufferedReader(new StringReader(String.join("\n", answers) + "\n"));
            Console console = new Console(in, new PrintWriter(out), new PrintWriter(err), false, true);
            List<String> arguments = Stream.concat(
                            Stream.of("init", "-c", folder.resolve("berth.yaml").toString()), Stream.of(more))
                    .toList();
            int exit = Cli.run(bench, console, arguments);
            console.err().flush();
            return exit;
        }
    }

    @Test
    void aPersonIsAskedWhatIsNotKnownAndShownWhatToTrust() throws IOException {
        int exit = init(
                List.of(
                        "https://pve1:8006",
                        "yes",
                        "the-token-secret",
                        "http://nipap:1337/XMLRPC",
                        "the-password",
                        "192.168.1.1",
                        "yes",
                        "yes",
                        "yes"),
                "--network",
                "192.168.1.0/24=vmbr0.20");
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("fingerprint AB:CD", "SHA256:key-of-the-router", "pveum acl modify / --users berth@pve")
                .contains("set system login user berth authentication public-keys berth key PUBLIC")
                .doesNotContain("the-token-secret", "the-password", "PRIVATE");
        assertThat(Files.readString(folder.resolve("proxmox.token"))).isEqualTo("the-token-secret\n");
        assertThat(Files.readString(folder.resolve("router.key"))).isEqualTo("PRIVATE");
        assertThat(Files.readString(folder.resolve("berth.yaml")))
                .contains("bridge: \"vmbr0\"", "vlan: 20", "prefix: \"192.168.1.0/24\"", "dhcp: \"LAN\"")
                .contains("host-key: \"SHA256:key-of-the-router\"", "fingerprint: \"AB:CD\"");
    }

    @Test
    void whoDoesNotTrustWhatIsShownHasNothingMade() throws IOException {
        assertThat(init(List.of("https://pve1:8006", "no"))).isEqualTo(1);
        assertThat(err.toString()).contains("not trusted, so nothing was sent to it and nothing was created");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aKeyThatIsThereIsToldByItsPublicHalf() throws IOException {
        Path key = Files.writeString(folder.resolve("id_router"), "PRIVATE");
        Path secret = Files.writeString(folder.resolve("secret"), "a-secret-of-somebody");
        assertThat(init(
                        List.of(),
                        "--yes",
                        "--fingerprint=AB:CD",
                        "--host-key=SHA256:key-of-the-router",
                        "--proxmox-url=https://pve1:8006",
                        "--token-file=" + secret,
                        "--nipap-url=http://nipap:1337/XMLRPC",
                        "--nipap-password-file=" + secret,
                        "--router=192.168.1.1",
                        "--router-key-file=" + key,
                        "--network=192.168.1.0/24=vmbr0.20"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("  pveum acl modify / --users berth@pve")
                .contains("  set system login user berth authentication public-keys berth key PUBLIC\n")
                .contains("  LoadCredential=id_router:" + key + "\n")
                .doesNotContain("PRIVATE", "a-secret-of-somebody");
    }

    @Test
    void whereNobodyAnswersTheFlagsAreNamed() {
        assertThat(init(List.of(), "--yes", "--fingerprint=AB:CD", "--host-key=SHA256:key"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--proxmox-url must be given");
    }

    @Test
    void withoutQuestionsOnlyAMachineThatWasNamedBeforeGetsAnything() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "a-secret-of-somebody");
        for (String named : List.of("--fingerprint=AB:CD", "--host-key=SHA256:key-of-the-router", "--yes")) {
            assertThat(init(
                            List.of(),
                            "--yes",
                            named,
                            "--proxmox-url=https://pve1:8006",
                            "--token-file=" + secret,
                            "--nipap-url=http://nipap:1337/XMLRPC",
                            "--nipap-password-file=" + secret,
                            "--router=192.168.1.1",
                            "--network=192.168.1.0/24=vmbr0.20"))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).contains("--yes needs --fingerprint and --host-key");
        assertThat(sent).isEmpty();
        assertThat(folder.resolve("berth.yaml")).doesNotExist();
        assertThat(folder.resolve("router.key")).doesNotExist();
    }

    private final class Home extends SetupProbe {
        @Override
        public ShownCertificate certificate(URI url) {
            sent.add("certificate");
            return new ShownCertificate("AB:CD", "CN=pve1", "CN=ca", Instant.parse("2027-01-01T00:00:00Z"));
        }

        @Override
        public List<String> hostKeys(String host, int port, boolean legacy) {
            sent.add("host keys");
            return List.of("SHA256:key-of-the-router");
        }

        @Override
        public Cluster cluster(URI url, String fingerprint, String tokenId, Path token) {
            sent.add("proxmox");
            return new Cluster("9.1.3", List.of("pve1"), new ProxmoxProbe.Guests(List.of(), List.of()));
        }

        @Override
        public Map<Prefix, Integer> assignments(URI url, String user, Path password, String vrf) {
            sent.add("nipap");
            return Map.of(LAN, 0);
        }

        @Override
        public Gateway router(RouterLogin login) {
            sent.add("router");
            return new Gateway(
                    List.of(new DhcpService("LAN", LAN, "192.168.1.1", "home.lan")),
                    new RouterView(List.of(), List.of(), List.of(), List.of()));
        }

        @Override
        public NewKey newKey() {
            return new NewKey("PRIVATE", new PublicHalf("ssh-ed25519", "PUBLIC"));
        }

        @Override
        public Optional<PublicHalf> publicHalf(Path privateKey) {
            return Optional.of(new PublicHalf("ssh-ed25519", "PUBLIC"));
        }

        @Override
        public List<String> proxmoxCommands(String tokenId) {
            return List.of("pveum acl modify / --users berth@pve --roles Berth");
        }
    }
}
