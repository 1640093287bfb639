package net.berth.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.berth.edgemax.EdgeMaxSettings.HostKey;
import net.berth.edgemax.EdgeMaxSettings.Login;
import net.berth.http.ReceiverSettings.Transport;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.security.TlsTrust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    private static final String EVERYTHING = """
            server:
              listen: "[::1]:9000"
              hook-secret-file: hook.secret
              api-token-file: api.token
            proxmox:
              urls: [https://pve1.home.lan:8006, https://192.168.1.11:8006/]
              cluster: home
              token-id: berth@pve!berth
              token-file: proxmox.token
              fingerprint:
                - 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
                - FF:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF
              poll: 1s
              resync: 1h
            nipap:
              url: https://nipap.home.lan/nipap/XMLRPC
              username: berth@local
              password-file: nipap.password
              vrf: home net
            router:
              kind: edgemax
              host: router.home.lan
              port: 2222
              username: berth
              password-file: router.password
              known-hosts-file: hosts
              legacy-algorithms: true
              commit-timeout: 90s
            networks:
              - name: lan
                bridge: vmbr0
                vlan: 20
                prefix: 192.168.1.0/24
                gateway: 192.168.1.1
                domain: Home.lan
                nameservers: [192.168.1.1, 9.9.9.9]
                dhcp: LAN
                exclude: [192.168.1.2-192.168.1.19, 192.168.1.99, 192.168.1.128/28]
              - name: dmz
                bridge: vmbr0
                prefix: 10.0.0.0/8
                gateway: 10.255.255.254
                domain: dmz.home.lan
                allocate: pool:DMZ guests
            guests:
              select: tag
              tag: net
              mode: report
              write-back: always
              release-after: 7d
              release-limit: 0
              nics-limit: 16
              reserved-names: [Vault, printer.home.lan]
              allowed-names: [nipap, router.home.lan]
            """;

    @TempDir
    Path temp;

    private SettingsFolder folder;

    @BeforeEach
    void fill() {
        folder = new SettingsFolder(temp);
    }

    @Test
    void what_is_left_out_has_its_default() {
        var settings = folder.read(SettingsFolder.SMALLEST).settings();

        assertThat(settings.server().host()).isEqualTo("127.0.0.1");
        assertThat(settings.server().port()).isEqualTo(8480);
        assertThat(settings.server().cluster()).isEqualTo("home");
        assertThat(settings.server().transport()).isEqualTo(new Transport.Plain());
        assertThat(settings.engine().poll()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.engine().resync()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.nipap().vrf()).isEqualTo("default");
        assertThat(settings.router().port()).isEqualTo(22);
        assertThat(settings.router().legacyAlgorithms()).isFalse();
        assertThat(settings.router().times().commit()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.engine().policy())
                .isEqualTo(new Policy(
                        Policy.Select.HOOK,
                        "berth",
                        Policy.Mode.SYNC,
                        Policy.WriteBack.FIRST_BOOT,
                        Duration.ofHours(24),
                        3,
                        8));
        assertThat(settings.engine().networks())
                .containsExactly(new Network(
                        "lan",
                        "vmbr0",
                        0,
                        Prefix.parse("192.168.1.0/24"),
                        IpAddress.parse("192.168.1.1"),
                        "home.lan",
                        List.of(),
                        "",
                        List.of()));
    }

    @Test
    void aNetworkWithoutAWayOutNamesNoGateway() {
        var text = SettingsFolder.SMALLEST.replace("    gateway: 192.168.1.1\n", "");

        assertThat(text).doesNotContain("gateway");
        assertThat(folder.read(text).settings().engine().networks())
                .singleElement()
                .satisfies(network -> assertThat(network.gateway()).isEmpty());
    }

    @Test
    void every_key_reaches_its_place() {
        folder.write("hosts", "router ssh-ed25519 AAAA\n");
        var loaded = folder.read(EVERYTHING);
        var settings = loaded.settings();

        assertThat(loaded.warnings()).isEmpty();
        assertThat(settings.server().host()).isEqualTo("::1");
        assertThat(settings.server().port()).isEqualTo(9000);
        var proxmox = settings.proxmox();
        assertThat(proxmox.urls())
                .containsExactly(URI.create("https://pve1.home.lan:8006"), URI.create("https://192.168.1.11:8006/"));
        assertThat(proxmox.cluster()).isEqualTo("home");
        assertThat(proxmox.token().id()).isEqualTo("berth@pve!berth");
        assertThat(proxmox.trust())
                .isInstanceOfSatisfying(TlsTrust.Fingerprints.class, pins -> assertThat(pins.sha256())
                        .hasSize(2)
                        .first()
                        .asString()
                        .startsWith("00112233")
                        .endsWith("eeff"));
        assertThat(settings.engine().poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.engine().resync()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.nipap().url()).isEqualTo(URI.create("https://nipap.home.lan/nipap/XMLRPC"));
        assertThat(settings.nipap().username()).isEqualTo("berth@local");
        assertThat(settings.nipap().vrf()).isEqualTo("home net");
        var router = settings.router();
        assertThat(router.host()).isEqualTo("router.home.lan");
        assertThat(router.port()).isEqualTo(2222);
        assertThat(router.login()).isInstanceOfSatisfying(Login.Password.class, login -> assertThat(
                        login.password().reveal())
                .isEqualTo("router password"));
        assertThat(router.hostKey()).isEqualTo(new HostKey.KnownHosts(folder.file("hosts")));
        assertThat(router.legacyAlgorithms()).isTrue();
        assertThat(router.sharedNetworks()).containsExactly("LAN");
        assertThat(router.times().commit()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.engine().policy())
                .isEqualTo(new Policy(
                        Policy.Select.TAG,
                        "net",
                        Policy.Mode.REPORT,
                        Policy.WriteBack.ALWAYS,
                        Duration.ofDays(7),
                        0,
                        16));
    }

    @Test
    void hosts_of_the_settings_are_no_names_of_guests() {
        folder.write("hosts", "router ssh-ed25519 AAAA\n");
        var names = folder.read(EVERYTHING).settings().engine().names();

        assertThat(names.reasons())
                .containsOnlyKeys(
                        "vault",
                        "printer.home.lan",
                        "pve1",
                        "pve1.home.lan",
                        "nipap",
                        "nipap.home.lan",
                        "router",
                        "router.home.lan")
                .containsEntry("pve1", "proxmox.urls in berth.yaml names it");
        assertThat(names.isAllowed("nipap", "nipap.home.lan")).isTrue();
        assertThat(names.isAllowed("router", "router.home.lan")).isTrue();
        assertThat(names.isAllowed("router", "router.dmz.home.lan")).isFalse();
    }

    @Test
    void a_network_holds_all_that_the_file_says() {
        folder.write("hosts", "router ssh-ed25519 AAAA\n");
        var networks = folder.read(EVERYTHING).settings().engine().networks();

        assertThat(networks).extracting(Network::name).containsExactly("lan", "dmz");
        assertThat(networks).extracting(Network::pool).containsExactly("", "DMZ guests");
        assertThat(networks.getFirst())
                .isEqualTo(new Network(
                        "lan",
                        "vmbr0",
                        20,
                        Prefix.parse("192.168.1.0/24"),
                        IpAddress.parse("192.168.1.1"),
                        "home.lan",
                        List.of(IpAddress.parse("192.168.1.1"), IpAddress.parse("9.9.9.9")),
                        "LAN",
                        List.of(
                                AddressRange.parse("192.168.1.2-192.168.1.19"),
                                AddressRange.parse("192.168.1.99"),
                                AddressRange.parse("192.168.1.128/28"))));
    }

    @Test
    void without_a_host_key_no_router_is_the_right_one() {
        var settings = folder.read(SettingsFolder.SMALLEST
                        .lines()
                        .filter(line -> !line.contains("host-key:"))
                        .collect(Collectors.joining("\n")))
                .settings();

        assertThat(settings.router().hostKey()).isEqualTo(new HostKey.Unknown());
    }

    @Test
    void secrets_are_read_without_their_line_ends() {
        var settings = folder.read(SettingsFolder.SMALLEST).settings();

        assertThat(settings.server().apiToken().reveal()).isEqualTo(SettingsFolder.API_TOKEN);
        assertThat(settings.proxmox().token().secret().reveal()).isEqualTo(SettingsFolder.PROXMOX_TOKEN);
        assertThat(settings.nipap().password().reveal()).isEqualTo(SettingsFolder.NIPAP_PASSWORD);
        assertThat(settings.router().login()).isInstanceOfSatisfying(Login.Key.class, login -> assertThat(
                        login.pem().reveal())
                .isEqualTo(SettingsFolder.ROUTER_KEY));
    }

    @Test
    void a_hook_secret_that_is_being_changed_has_two_keys() {
        var second = "the-second-key-of-32-bytes-00000";
        folder.write(
                "hook.secret", SettingsFolder.hookSecret(SettingsFolder.HOOK_KEY) + SettingsFolder.hookSecret(second));

        assertThat(folder.read(SettingsFolder.SMALLEST).settings().server().hookSecrets())
                .extracting(key -> new String(key.revealBytes(), StandardCharsets.UTF_8))
                .containsExactly(SettingsFolder.HOOK_KEY, second);
    }

    @Test
    void systemd_credentials_come_before_the_files_of_the_same_name() throws Exception {
        var credentials = Files.createDirectory(temp.resolve("credentials"));
        Files.writeString(credentials.resolve("api.token"), "token-of-the-service-manager\n");
        var yaml = SettingsFolder.smallestWith("api-token-file: api.token", "api-token-file: /etc/berth/api.token");
        var loaded = folder.read(yaml, Map.of("CREDENTIALS_DIRECTORY", credentials.toString()));

        assertThat(loaded.settings().server().apiToken().reveal()).isEqualTo("token-of-the-service-manager");
        assertThat(loaded.settings().nipap().password().reveal()).isEqualTo(SettingsFolder.NIPAP_PASSWORD);
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void a_blank_credential_stands_for_a_file_that_is_not_there() throws Exception {
        var credentials = Files.createDirectory(temp.resolve("credentials"));
        var yaml = SettingsFolder.smallestWith("api-token-file: api.token", "api-token-file: /nowhere/api.token");
        for (var blank : List.of("", "\n", " \n\n")) {
            Files.writeString(credentials.resolve("api.token"), blank);
            Files.writeString(credentials.resolve("hook.secret"), blank);

            assertThatThrownBy(() -> folder.read(yaml, Map.of("CREDENTIALS_DIRECTORY", credentials.toString())))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("api-token-file: found no such file as \"/nowhere/api.token\"; a file with")
                    .hasMessageNotContaining("hook-secret-file");
        }
    }

    @Test
    void https_needs_its_certificate_and_its_key() throws Exception {
        var pem = TestCertificate.make(temp);
        folder.write("server.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        var yaml = SettingsFolder.smallestWith(
                "  api-token-file: api.token\n",
                "  api-token-file: api.token\n  certificate-file: " + pem + "\n  private-key-file: server.key\n");

        assertThat(folder.read(yaml).settings().server().transport())
                .isEqualTo(new Transport.Tls(pem, folder.file("server.key")));
    }

    @Test
    void the_cluster_may_be_trusted_by_its_authority() throws Exception {
        var pem = TestCertificate.make(temp);
        var yaml = SettingsFolder.SMALLEST.replaceFirst("fingerprint: .*", "ca-file: " + pem);

        assertThat(folder.read(yaml).settings().proxmox().trust()).isEqualTo(new TlsTrust.Authority(pem));
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_fine() {
        var windows = "\uFEFF" + SettingsFolder.SMALLEST.replace("\n", "\r\n");

        assertThat(folder.read(windows).settings().proxmox().cluster()).isEqualTo("home");
    }

    @Test
    void a_file_that_is_missing_too_large_or_not_text_is_named() throws Exception {
        assertThatThrownBy(() -> SettingsFile.read(temp.resolve("none.yaml"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(temp.resolve("none.yaml") + ":1: file: found no such file;"
                        + " a text of YAML that this user can read, 1048576 bytes at most");
        assertThat(folder.mistakes("#".repeat(1 << 20) + "#"))
                .singleElement()
                .asString()
                .startsWith("berth.yaml:1: file: found more than 1048576 bytes;");
        assertThatThrownBy(() -> SettingsFile.read(temp, Map.of())).hasMessageContaining("cannot be read");
        Files.write(temp.resolve("latin.yaml"), new byte[] {'a', (byte) 0xE4});
        assertThatThrownBy(() -> SettingsFile.read(temp.resolve("latin.yaml"), Map.of()))
                .hasMessageContaining("not UTF-8");
    }
}
