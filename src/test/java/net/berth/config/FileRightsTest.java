package net.berth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that others can read, or exchange for one of theirs, is none. */
class FileRightsTest {
    private static final Path FILE = Path.of("/etc/berth/api.token");
    private static final int ROOT = 0;
    private static final int BERTH = 990;
    private static final int NOBODY = 65_534;

    @TempDir
    private Path temp;

    private SettingsFolder folder;

    @BeforeEach
    void whole() {
        folder = new SettingsFolder(temp);
    }

    private static FileRights rights(int uid, int gid, String mode) {
        return new FileRights(uid, gid, PosixFilePermissions.fromString(mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hook.secret", "api.token", "proxmox.token", "nipap.password", "router.key"})
    void aSecretThatOthersMayReadIsRefusedWithWhatToType(String name) throws IOException {
        Files.setPosixFilePermissions(folder.file(name), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(folder.mistakes(SettingsFolder.SMALLEST))
                .singleElement()
                .asString()
                .contains("found a file that others may read (rw-r--r--), type: chmod 600 " + name + "; ");
    }

    @Test
    void oneThatOthersMayChangeToo() throws IOException {
        Files.setPosixFilePermissions(folder.file("api.token"), PosixFilePermissions.fromString("rw--w--w-"));

        assertThat(folder.mistakes(SettingsFolder.SMALLEST))
                .singleElement()
                .asString()
                .contains("server.api-token-file: found a file that others may change (rw--w--w-), type: chmod 600 ");
    }

    @Test
    void itBelongsToRootOrToWhoRunsBerth() {
        assertThat(rights(ROOT, ROOT, "rw-------").fault(BERTH, FILE)).isEmpty();
        assertThat(rights(BERTH, BERTH, "r--------").fault(BERTH, FILE)).isEmpty();
        assertThat(rights(NOBODY, NOBODY, "rw-------").fault(ROOT, FILE))
                .contains("a file that belongs to the user 65534, who is neither root nor the one who runs Berth,"
                        + " type: chown root /etc/berth/api.token");
        assertThat(rights(NOBODY, NOBODY, "rw-rw-rw-").fault(BERTH, FILE).orElseThrow())
                .contains("65534", "and that others may change (rw-rw-rw-)")
                .endsWith("type: chown 990 /etc/berth/api.token && chmod 600 /etc/berth/api.token");
    }

    /** A service that runs as a member of a group; root made it so. */
    @Test
    void rootMayLetAGroupReadIt() {
        FileRights shared = rights(ROOT, BERTH, "rw-r-----");
        assertThat(shared.fault(BERTH, FILE)).isEmpty();
        assertThat(shared.warning(FILE))
                .contains("/etc/berth/api.token holds a secret and is open to its group (rw-r-----);"
                        + " chmod 600 /etc/berth/api.token");
        for (FileRights other : List.of(
                rights(ROOT, BERTH, "rw-rw----"),
                rights(ROOT, ROOT, "rw-r-----"),
                rights(BERTH, BERTH, "rw-r-----"),
                rights(ROOT, BERTH, "rw-r--r--"))) {
            assertThat(other.fault(BERTH, FILE)).as(other.toString()).isPresent();
        }
        assertThat(rights(ROOT, BERTH, "rw-------").warning(FILE)).isEmpty();
    }

    @Test
    void aNameThatAShellWouldReadIsQuoted() {
        assertThat(rights(ROOT, ROOT, "rw-r--r--")
                        .fault(ROOT, Path.of("/etc/berth/my $(id)'s"))
                        .orElseThrow())
                .endsWith("chmod 600 '/etc/berth/my $(id)'\\''s'");
    }

    @Test
    void whoRunsBerthIsKnown() throws IOException {
        assertThat(FileRights.of(folder.file("api.token")).orElseThrow().uid()).isEqualTo(FileRights.self());
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abababababababababababab",
        "secret12secret12secret12",
        "0123456789abcdef",
        "abcdefghijklmnop",
        "zyxwvutsrqponmlkjihgfedc",
        "123456789012345678901234"
    })
    void whatIsPlainlyNoRandomTextIsRefusedWithTheLineThatMakesOne(String guess) {
        folder.write("api.token", guess + "\n");
        folder.write("hook.secret", SettingsFolder.hookSecret(guess + guess));

        assertThat(folder.mistakes(SettingsFolder.SMALLEST))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains("found a file with a token that is easy to guess, make one:"
                                + " head -c 32 /dev/urandom | base64 -w 0 > api.token; ")
                        .doesNotContain(guess))
                .anySatisfy(line -> assertThat(line)
                        .contains("line 1 is easy to guess, make one: printf 'whsec_%s\\n'", "> hook.secret; "));
    }

    /** With the text of the full token it would have all rights. */
    @Test
    void theReadTokenIsHeldToTheRulesOfTheOthersAndIsAnotherThanTheFullOne() throws IOException {
        var yaml = SettingsFolder.smallestWith(
                "  api-token-file: api.token\n",
                "  api-token-file: api.token\n  api-read-token-file: api-read.token\n");
        folder.write("api-read.token", SettingsFolder.API_TOKEN + "\n");
        assertThat(folder.mistakes(yaml))
                .containsExactly("berth.yaml:4: server.api-read-token-file: found the token of api-token-file; a file"
                        + " with a token of 16 or more characters on one line, another one");
        folder.write("api-read.token", "0123456789abcdef\n");
        assertThat(folder.mistakes(yaml)).singleElement().asString().contains("> api-read.token; ");
        folder.write("api-read.token", "f3a9c1d07b5e2846\n");
        assertThat(folder.read(yaml).settings().server().readTokens())
                .singleElement()
                .satisfies(token -> assertThat(token.reveal()).isEqualTo("f3a9c1d07b5e2846"));
        Files.setPosixFilePermissions(folder.file("api-read.token"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(folder.mistakes(yaml))
                .singleElement()
                .asString()
                .contains("api-read-token-file: found a file that others may read (rw-r--r--), type: chmod 600 ");
    }

    /** A user who may read the full token goes on as if there were no other. */
    @Test
    void theReadTokenServesAUserWhoCannotReadTheFullOne() throws IOException {
        var yaml = SettingsFolder.smallestWith(
                "  api-token-file: api.token\n",
                "  listen: 192.168.1.7:8480\n  api-token-file: api.token\n  api-read-token-file: api-read.token\n");
        folder.write("berth.yaml", yaml).write("api-read.token", "f3a9c1d07b5e2846\n");
        assertThat(SettingsFile.reading(folder.file("berth.yaml"), Map.of())).isEmpty();
        Files.delete(folder.file("api.token"));
        assertThat(SettingsFile.reading(folder.file("berth.yaml"), Map.of())).hasValueSatisfying(reading -> {
            assertThat(reading.host() + " " + reading.port() + " " + reading.certificates())
                    .isEqualTo("192.168.1.7 8480 []");
            assertThat(reading.token().reveal()).isEqualTo("f3a9c1d07b5e2846");
        });
        Files.delete(folder.file("api-read.token"));
        assertThat(SettingsFile.reading(folder.file("berth.yaml"), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct-horse-battery-staple",
                "f3a9c1d07b5e2846",
                "lab-api-token-0123456789",
                "0b3c4f6e-1111-2222-3333-444455556666",
                "Tr0ub4dor&3Tr0ub4dor&4"
            })
    void whatMayBeRandomIsTaken(String token) {
        folder.write("api.token", token + "\n");
        assertThat(folder.read(SettingsFolder.SMALLEST)
                        .settings()
                        .server()
                        .apiToken()
                        .reveal())
                .isEqualTo(token);
    }
}
