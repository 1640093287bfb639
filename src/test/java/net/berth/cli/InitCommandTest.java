package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.berth.config.SettingsFile;
import org.junit.jupiter.api.Test;

/** {@code berth init} with a person who answers. */
class InitCommandTest extends InitBench {
    @Test
    void aPersonIsAskedWhatIsNotKnownAndShownWhatToTrust() throws IOException {
        int exit = init(answers(), "--network", "192.168.1.0/24=vmbr0.20");
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("fingerprint " + fingerprint(URI.create("https://pve1:8006")), HOST_KEY)
                .contains("pveum acl modify / --users berth@pve")
                .contains("set system login user berth authentication public-keys berth key PUBLIC")
                .doesNotContain(TOKEN, PASSWORD, "PRIVATE");
        assertThat(Files.readString(folder().resolve("proxmox.token"))).isEqualTo(TOKEN + "\n");
        assertThat(Files.readString(folder().resolve("router.key"))).isEqualTo(KEY);
        assertThat(Files.readString(made()))
                .contains("bridge: \"vmbr0\"", "vlan: 20", "prefix: \"192.168.1.0/24\"", "dhcp: \"LAN\"")
                .contains("host-key: \"" + HOST_KEY + "\"");
        assertThat(SettingsFile.read(made(), Map.of()).warnings()).isEmpty();
    }

    @Test
    void aHostIsCompletedToAnAddress() throws IOException {
        assertThat(init(answers(), "--network", "192.168.1.0/24=vmbr0")).isZero();
        assertThat(Files.readString(made()))
                .contains("urls: [\"https://pve1:8006\"]", "url: \"http://nipap:1337/XMLRPC\"");
    }

    @Test
    void whatIsWrongIsSaidAtOnceAndAskedAgain() throws IOException {
        List<String> answers = List.of(
                "no such host",
                "https://dead:8006",
                "https://pve1:8006/#v1:0:18:4",
                "maybe",
                "y",
                "the secret",
                "11111111-2222-3333-4444-555555555555",
                "berth@pve!berth=" + TOKEN,
                "dead",
                "http://nipap:1337",
                "wrong",
                PASSWORD,
                "192.168.1.1:ssh",
                "192.168.1.1",
                "y",
                "y",
                "no",
                "192.168.1.0/24",
                "192.168.1.0/24=vmbr0",
                "192.168.1.1-192.168.2.4",
                "192.168.1.240/28, 192.168.1.2",
                "192.168.1.5:http",
                "192.168.1.5",
                "maybe",
                "no");
        assertThat(init(answers)).as(out.toString() + err).isZero();
        assertThat(out.toString())
                .contains("\"no such host\" is no host name, address or URL")
                .contains("https://dead:8006 shows no certificate: nothing answers")
                .contains("that is not the secret that Proxmox showed when the token was made")
                .contains("Proxmox does not know the token")
                .contains("http://dead:1337/XMLRPC does not answer")
                .contains("NIPAP does not know the password")
                .contains("\"192.168.1.1:ssh\" is no host name, address or URL")
                .contains("--network 192.168.1.0/24 is not of the form")
                .contains("192.168.1.1-192.168.2.4 is not inside 192.168.1.0/24")
                .contains("Proxmox, such as https://pve1.home.lan:8006: ")
                .contains("that no guest gets, or none [192.168.1.2-192.168.1.19, 192.168.1.77]: ");
        assertThat(Files.readString(folder().resolve("proxmox.token"))).isEqualTo(TOKEN + "\n");
        assertThat(Files.readString(folder().resolve("nipap.password"))).isEqualTo(PASSWORD + "\n");
        assertThat(Files.readString(made()))
                .contains("exclude: [\"192.168.1.240-192.168.1.255\", \"192.168.1.2\"]", "  mode: report ")
                .contains("listen: \"192.168.1.5:8480\"")
                .doesNotContain("certificate-file");
        assertThat(out.toString()).contains("{ echo 'url = http://192.168.1.5:8480'; printf 'secret = '; cat ");
    }

    @Test
    void secretsAreNotShownWhileTheyAreTyped() {
        assertThat(init(answers(), "--network", "192.168.1.0/24=vmbr0")).isZero();
        assertThat(hidden)
                .hasSize(2)
                .first()
                .asString()
                .contains("token berth@pve!berth (not shown), such as 12345678-");
        assertThat(hidden.getLast()).contains("Password of NIPAP's user berth (not shown)");
    }

    @Test
    void untilAllIsKnownNothingIsCreatedAndAWrongSecretNever() throws IOException {
        assertThat(init(List.of("pve1", "y", "wrong-token", "wrong-again", "wrong-still")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no usable answer to: Secret of the token berth@pve!berth (not shown)");
        assertThat(folder()).doesNotExist();
        assertThat(init(List.of("pve1", "y", TOKEN, "nipap", PASSWORD, "192.168.1.1", "no")))
                .isEqualTo(1);
        assertThat(folder()).doesNotExist();
        assertThat(init(answers().subList(0, 4))).isEqualTo(1);
        assertThat(err.toString()).contains("there is no input to read answers from");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void aNewKeyIsKeptUntilTheRouterKnowsIt() throws IOException {
        routerKnowsTheKey = false;
        List<String> answers = answers().subList(0, 8);
        answers.addAll(List.of("yes", "no"));
        assertThat(init(answers)).isEqualTo(1);
        assertThat(err.toString()).contains("the router cannot be read with " + folder().resolve("router.key"));
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).containsExactly(folder().resolve("router.key"));
        }
        assertThat(mode("router.key")).isEqualTo("rw-------");
        routerKnowsTheKey = true;
        List<String> again = answers();
        again.remove(7);
        assertThat(init(again, "--network", "192.168.1.0/24=vmbr0"))
                .as(err.toString())
                .isZero();
        assertThat(made()).exists();
    }

    @Test
    void aSecretOfAnEarlierRunIsTriedAndReplacedWhenItDoesNotWork() throws IOException {
        Files.createDirectory(folder());
        secret("proxmox.token", "an-old-token-secret");
        secret("nipap.password", PASSWORD);
        List<String> answers = answers();
        answers.remove(PASSWORD);
        assertThat(init(answers, "--network", "192.168.1.0/24=vmbr0"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("there is " + folder().resolve("proxmox.token") + " already; trying it")
                .contains("it does not work: Proxmox does not know the token")
                .contains("replaced " + folder().resolve("proxmox.token"))
                .doesNotContain("an-old-token-secret");
        assertThat(Files.readString(folder().resolve("proxmox.token"))).isEqualTo(TOKEN + "\n");
        assertThat(folder().resolve("proxmox.token.old")).doesNotExist();
    }

    @Test
    void settingsThatCannotBeUsedLeaveEverythingAsItWas() throws IOException {
        Files.createDirectory(folder());
        secret("nipap.password", "old");
        assertThat(init(answers(), "--network", "192.168.1.0/24=vmbr0", "--cluster", "two words"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("proxmox.cluster: found \"two words\"");
        assertThat(Files.readString(folder().resolve("nipap.password"))).isEqualTo("old");
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files)
                    .containsExactlyInAnyOrder(folder().resolve("nipap.password"), folder().resolve("router.key"));
        }
    }

    @Test
    void allNodesThatAnswerBecomeUrls() throws IOException {
        nodes = List.of("pve1", "pve2", "pve3", "dead4");
        otherNodes.put("pve2", "192.168.1.12");
        otherNodes.put("pve3", "192.168.1.13");
        otherNodes.put("dead4", "dead");
        List<String> answers = answers();
        answers.set(0, "pve1.home.lan");
        answers.addAll(3, List.of("yes", "no"));
        assertThat(init(answers, "--network", "192.168.1.0/24=vmbr0"))
                .as(err.toString())
                .isZero();
        URI second = URI.create("https://pve2.home.lan:8006");
        assertThat(Files.readString(made()))
                .contains("urls: [\"https://pve1.home.lan:8006\", \"" + second + "\"]")
                .contains(fingerprint(second) + "\"]");
        assertThat(out.toString())
                .contains("The node \"dead4\" does not answer and is left out of urls")
                .contains("The node \"pve3\" is left out of urls: its certificate is not confirmed");
    }

    /** The lines are pasted as root. */
    @Test
    void aNodesNameThatAShellWouldReadIsInNoCommand() {
        nodes = List.of("pve1", "x; rm -rf /", "$(id)", "-oProxyCommand=id");
        assertThat(init(answers(), "--network", "192.168.1.0/24=vmbr0"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("ssh root@") || line.contains("scp ")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("rm -rf") || line.contains("$(id)") || line.contains("-oProxy"));
        assertThat(out.toString()).contains("There is no command for the node \"x; rm -rf /\": that is no host name.");
    }

    @Test
    void onlyItsOwnerReadsASecretAndEverybodyTheSettings() throws IOException {
        assertThat(init(answers(), "--network", "192.168.1.0/24=vmbr0")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwxr-xr-x");
        assertThat(mode("berth.yaml")).isEqualTo("rw-r--r--");
        for (String secret : List.of("hook.secret", "api.token", "proxmox.token", "nipap.password", "router.key")) {
            assertThat(mode(secret)).as(secret).isEqualTo("rw-------");
        }
    }

    @Test
    void aFolderThatOthersMayChangeIsRefusedBeforeAnythingIsAsked() throws IOException {
        Files.createDirectory(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(init(List.of())).isEqualTo(1);
        assertThat(err.toString()).contains("others may change the files in ", "type: chmod 755 " + folder());
        assertThat(sent).isEmpty();
    }

    @Test
    void whoDoesNotTrustWhatIsShownHasNothingMade() {
        assertThat(init(List.of("https://pve1:8006", "no"))).isEqualTo(1);
        assertThat(err.toString()).contains("not trusted, so nothing was sent to it and nothing was created");
        assertThat(folder()).doesNotExist();
        assertThat(sent).containsExactly("certificate");
    }

    @Test
    void aKeyThatIsThereIsToldByItsPublicHalf() throws IOException {
        Files.createDirectory(folder());
        Path key = secret("id_router", KEY);
        assertThat(init(List.of(), silent("--router-key-file=" + key)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("  pveum acl modify / --users berth@pve")
                .contains("  set system login user berth authentication public-keys berth key PUBLIC\n")
                .contains("  LoadCredential=id_router:" + key + "\n")
                .doesNotContain("PRIVATE", TOKEN, PASSWORD);
    }

    @Test
    void whereNobodyAnswersTheFlagsAreNamed() {
        assertThat(init(List.of(), "--yes", "--fingerprint=AB:CD", "--host-key=SHA256:key"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--proxmox-url must be given");
    }

    @Test
    void whereNobodyAnswersASecretThatDoesNotWorkEndsIt() throws IOException {
        Files.createDirectory(folder());
        Path wrong = secret("wrong", "a-wrong-password");
        assertThat(init(List.of(), silent("--nipap-password-file=" + wrong))).isEqualTo(1);
        assertThat(err.toString()).contains("NIPAP does not know the password").doesNotContain("a-wrong-password");
        assertThat(made()).doesNotExist();
        assertThat(folder().resolve("hook.secret")).doesNotExist();
    }

    @Test
    void withoutQuestionsOnlyAMachineThatWasNamedBeforeGetsAnything() throws IOException {
        Files.createDirectory(folder());
        for (String missing : List.of("--fingerprint", "--host-key")) {
            String[] flags = Stream.of(silent("--cluster=home"))
                    .filter(flag -> !flag.startsWith(missing))
                    .toArray(String[]::new);
            assertThat(init(List.of(), flags)).isEqualTo(1);
        }
        assertThat(err.toString()).contains("--yes needs --fingerprint and --host-key");
        assertThat(sent).isEmpty();
        assertThat(made()).doesNotExist();
        assertThat(folder().resolve("router.key")).doesNotExist();
    }
}
