package net.berth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake is named with its line, its key, what was found and what is allowed. */
class MistakesTest {
    @TempDir
    Path temp;

    private SettingsFolder folder;

    @BeforeEach
    void fill() {
        folder = new SettingsFolder(temp)
                .write("empty", "\n")
                .write("short.secret", "whsec_c2hvcnQ=\n")
                .write("odd.secret", SettingsFolder.hookSecret(SettingsFolder.HOOK_KEY) + "hunter2\n")
                .write("two.lines", "hunter2\nhunter3\n")
                .write("short.token", "hunter2\n")
                .write("whole.token", "berth@pve!berth=" + SettingsFolder.PROXMOX_TOKEN + "\n")
                .write("key.pub", "ssh-ed25519 hunter2 berth\n")
                .write("locked.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nhunter2\n")
                .write("large", "hunter2".repeat(20_000));
    }

    /** The table's columns: what is replaced in the smallest file (nothing: put at its end), by what, the messages. */
    @ParameterizedTest
    @CsvFileSource(resources = "/config/mistakes.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void a_mistake_is_named(String old, String text, String messages) {
        var yaml = SettingsFolder.smallestWith(old == null ? "" : unescaped(old), text == null ? "" : unescaped(text));

        assertThat(folder.mistakes(yaml))
                .containsExactly(messages.replace("FOLDER", temp.toString()).split(" && ", -1));
    }

    @Test
    void all_mistakes_are_told_at_once_in_the_order_of_the_file() {
        var yaml = """
                server:
                  listen: nowhere
                  hook-secret-file: none.secret
                proxmox:
                  urls: []
                  cluster: a:b
                  token-id: berth
                  token-file: empty
                  poll: 0s
                nipap: down
                networks:
                  - name: lan
                    bridge: vmbr0
                    vlan: 4095
                    prefix: 192.168.1.7/24
                    gateway: here
                    domain: home..lan
                  - 7
                guests:
                  select: hooks
                  modes: sync
                """;

        assertThat(folder.mistakes(yaml))
                .extracting(line -> line.replaceAll(";.*", ""))
                .containsExactly(
                        "berth.yaml:1: router: found nothing",
                        "berth.yaml:1: server.api-token-file: found nothing",
                        "berth.yaml:2: server.listen: found \"nowhere\"",
                        "berth.yaml:3: server.hook-secret-file: found no such file as the one named here in " + temp,
                        "berth.yaml:4: proxmox.fingerprint: found nothing",
                        "berth.yaml:5: proxmox.urls: found an empty list",
                        "berth.yaml:6: proxmox.cluster: found \"a:b\"",
                        "berth.yaml:7: proxmox.token-id: found \"berth\"",
                        "berth.yaml:8: proxmox.token-file: found an empty file",
                        "berth.yaml:9: proxmox.poll: found \"0s\"",
                        "berth.yaml:10: nipap: found \"down\"",
                        "berth.yaml:14: networks[0].vlan: found \"4095\"",
                        "berth.yaml:15: networks[0].prefix: found \"192.168.1.7/24\"",
                        "berth.yaml:16: networks[0].gateway: found \"here\"",
                        "berth.yaml:17: networks[0].domain: found \"home..lan\"",
                        "berth.yaml:18: networks[1]: found \"7\"",
                        "berth.yaml:20: guests.select: found \"hooks\"",
                        "berth.yaml:21: guests.modes: found an unknown key");
    }

    /** A template engine in a loop makes such files; the receiver may have 160 MB, and no person reads so many lines. */
    @ParameterizedTest
    @ValueSource(strings = {"a:\n", "a%d:\n", "networks: [%d]\n", "&a%d x: 1\n"})
    void a_file_full_of_mistakes_is_told_by_its_first_ones(String line) {
        var yaml = new StringBuilder();
        for (var i = 0; yaml.length() < 150_000; i++) {
            yaml.append(line.formatted(i));
        }
        var lines = folder.mistakes(yaml.toString());

        assertThat(lines).hasSizeBetween(2, 101);
        assertThat(lines.getLast())
                .matches("berth\\.yaml:[0-9]+: file: found more mistakes than these; correct these first");
    }

    @Test
    void a_secret_in_the_wrong_place_is_not_repeated() {
        var pasted = "whsec_" + "aHVudGVyMmh1bnRlcjJodW50ZXIy";
        var yaml = SettingsFolder.SMALLEST
                .replace("hook.secret", pasted)
                .replace("api.token", "hunter2hunter2")
                .replace("proxmox.token", SettingsFolder.PROXMOX_TOKEN)
                .replace("http://nipap", "http://berth:hunter2@nipap")
                .replace("cluster: home", "cluster: " + pasted)
                .replace("host: 192.168.1.1", pasted + ": x");

        assertThat(folder.mistakes(yaml))
                .hasSizeGreaterThanOrEqualTo(6)
                .noneMatch(line -> line.contains("hunter2") || line.contains("aHVudGVy"))
                .noneMatch(line -> line.contains(SettingsFolder.PROXMOX_TOKEN));
    }

    @Test
    void a_document_that_would_grow_is_refused_at_once() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(folder.mistakes(bomb.toString()))
                .anyMatch(line -> line.startsWith("berth.yaml:2: YAML: found an anchor or an alias;"));
        assertThat(folder.mistakes("a: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("nested too deep");
    }

    @Test
    void any_text_is_settings_or_a_list_of_mistakes() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var whole = SettingsFolder.SMALLEST;
        for (var i = 0; i < 500; i++) {
            var text = new StringBuilder(whole);
            for (var edits = 1 + random.nextInt(4); edits > 0; edits--) {
                var at = random.nextInt(text.length());
                var noise = "{}[]&*!|>%@`\"'#:-?,~\n\t \u0000\u2028\uD800x0".charAt(random.nextInt(27));
                text.replace(at, at + random.nextInt(3), String.valueOf(noise));
            }
            var yaml = text.toString().replace('\uD800', '?');
            assertThat(folder.mistakes(yaml))
                    .as("seed %d, text:%n%s", seed, yaml)
                    .allMatch(line -> line.matches("berth\\.yaml:[0-9]+: .+: .+; .+"));
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t");
    }
}
