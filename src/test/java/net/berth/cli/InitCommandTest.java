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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.RouterView;
import net.berth.security.ShownCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth init} with a person who answers. */
class InitCommandTest {
    private static final Prefix LAN = Prefix.parse("192.168.1.0/24");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int init(List<String> answers, String... more) {
        try (CliBench bench = new CliBench()) {
            bench.scout = Optional.of(new Home());
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
        assertThat(err.toString()).contains("not trusted, so nothing was sent to it and nothing was made");
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
    void onlyOtherNamesAndPlacesThanTheUnitsNeedLines() throws IOException {
        List<Path> shipped =
                Credentials.SHIPPED.stream().map(Credentials.FOLDER::resolve).toList();
        assertThat(Credentials.lines(shipped)).isEmpty();
        assertThat(Credentials.lines(List.of(Path.of("/etc/berth-test/api.token"), Path.of("/etc/berth/other"))))
                .containsExactly(
                        "LoadCredential=api.token:/etc/berth-test/api.token", "LoadCredential=other:/etc/berth/other");
        assertThat(Files.readAllLines(Path.of("systemd/berth.service")))
                .containsAll(shipped.stream()
                        .map(file -> "LoadCredential=" + file.getFileName() + ":" + file)
                        .toList());
    }

    @Test
    void whereNobodyAnswersTheFlagsAreNamed() {
        assertThat(init(List.of(), "--yes")).isEqualTo(1);
        assertThat(err.toString()).contains("--proxmox-url must be given");
    }

    private static final class Home implements Scout {
        @Override
        public ShownCertificate certificate(URI url) {
            return new ShownCertificate("AB:CD", "CN=pve1", "CN=ca", Instant.parse("2027-01-01T00:00:00Z"));
        }

        @Override
        public List<String> hostKeys(String host, int port, boolean legacy) {
            return List.of("SHA256:key-of-the-router");
        }

        @Override
        public Cluster cluster(URI url, String fingerprint, String tokenId, Path token) {
            return new Cluster("9.1.3", List.of("pve1"), List.of());
        }

        @Override
        public List<Assignment> assignments(URI url, String user, Path password, String vrf) {
            return List.of(new Assignment(LAN, 0));
        }

        @Override
        public Gateway router(RouterDoor door) {
            return new Gateway(
                    List.of(new SharedNetwork("LAN", LAN, IpAddress.parse("192.168.1.1"), "home.lan")),
                    new RouterView(List.of(), List.of(), List.of(), List.of()));
        }

        @Override
        public RouterKey newKey() {
            return new RouterKey("PRIVATE", "ssh-ed25519", "PUBLIC");
        }

        @Override
        public Optional<RouterKey> publicHalf(Path privateKey) {
            return Optional.of(new RouterKey("", "ssh-ed25519", "PUBLIC"));
        }

        @Override
        public List<String> proxmoxSetUp(String tokenId) {
            return List.of("pveum acl modify / --users berth@pve --roles Berth");
        }
    }
}
