package net.berth.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual of the settings and the service file say what is so. */
class ConfigurationManualTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("^[ -]*([a-z-]+):", Pattern.MULTILINE);
    private static final Pattern FILE = Pattern.compile("-file: /etc/berth/(\\S+)");

    @TempDir
    Path temp;

    @Test
    void every_example_can_be_used_as_it_stands() throws Exception {
        var folder = new SettingsFolder(temp).write("api-read.token", "f3a9c1d07b5e2846\n");
        var pem = Files.readString(TestCertificate.make(temp));
        folder.write("server.pem", pem)
                .write("pve-root-ca.pem", pem)
                .write("home-ca.pem", pem)
                .write("server.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
                .write("known_hosts", "192.168.1.1 ssh-ed25519 AAAA\n");

        assertThat(examples()).hasSize(2).allSatisfy(example -> assertThat(
                        folder.mistakes(example.replace("/etc/berth/", "")))
                .isEmpty());
    }

    @Test
    void the_whole_example_has_the_defaults() throws Exception {
        var folder = new SettingsFolder(temp).write("api-read.token", "f3a9c1d07b5e2846\n");
        var pem = Files.readString(TestCertificate.make(temp));
        folder.write("server.pem", pem).write("home-ca.pem", pem).write("server.key", "-----BEGIN PRIVATE KEY-----\n");
        var whole =
                folder.read(examples().getFirst().replace("/etc/berth/", "")).settings();
        var smallest = folder.read(SettingsFolder.SMALLEST).settings();

        assertThat(whole.engine().policy()).isEqualTo(smallest.engine().policy());
        assertThat(whole.server().host()).isEqualTo(smallest.server().host());
        assertThat(whole.server().port()).isEqualTo(smallest.server().port());
        assertThat(whole.engine().poll()).isEqualTo(smallest.engine().poll());
        assertThat(whole.engine().resync()).isEqualTo(smallest.engine().resync());
        assertThat(whole.nipap().vrf()).isEqualTo(smallest.nipap().vrf());
        assertThat(whole.router().port()).isEqualTo(smallest.router().port());
        assertThat(whole.router().times()).isEqualTo(smallest.router().times());
        assertThat(whole.router().legacyAlgorithms())
                .isEqualTo(smallest.router().legacyAlgorithms());
    }

    @Test
    void every_key_of_the_examples_has_its_row() throws Exception {
        var manual = manual();
        var keys = examples().stream()
                .flatMap(example -> KEY.matcher(example).results().map(match -> match.group(1)))
                .distinct()
                .toList();

        assertThat(keys).hasSizeGreaterThan(35).allMatch(key -> manual.contains("`" + key + "`"));
    }

    @Test
    void the_service_hands_over_every_file_of_the_examples() throws Exception {
        var service = Files.readString(Path.of("systemd/berth.service"));
        var files = examples().stream()
                .flatMap(example -> FILE.matcher(example).results().map(match -> match.group(1)))
                .filter(name -> !List.of("known_hosts", "home-ca.pem").contains(name)) // hold no secret
                .distinct()
                .toList();

        assertThat(files).hasSizeGreaterThan(7).allMatch(name -> service.contains("LoadCredential=" + name + ":/"));
    }

    @Test
    void the_service_is_shut_in_but_leaves_the_compiler_its_pages() throws Exception {
        var lines = Files.readAllLines(Path.of("systemd/berth.service"));

        assertThat(lines)
                .contains(
                        "DynamicUser=yes",
                        "ProtectSystem=strict",
                        "CapabilityBoundingSet=",
                        "UMask=0077",
                        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
                        "SystemCallFilter=@system-service",
                        "Restart=on-failure")
                .anyMatch(line -> line.startsWith("MemoryMax="))
                .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute"));
    }

    @Test
    void the_service_may_use_twice_what_java_is_given_for_objects_and_code() throws Exception {
        String launcher = Files.readString(Path.of("src/main/dist/bin/berth"));
        int given = megabytes("-Xmx(\\d+)m", launcher) + megabytes("-XX:ReservedCodeCacheSize=(\\d+)m", launcher);

        assertThat(megabytes("\nMemoryMax=(\\d+)M\n", Files.readString(Path.of("systemd/berth.service"))))
                .as("measured under load: 335 MB where 224 are given")
                .isGreaterThanOrEqualTo(2 * given);
    }

    private static int megabytes(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static String manual() throws IOException {
        return Files.readString(Path.of("docs/configuration.md"));
    }

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(manual()).results().map(match -> match.group(1)).toList();
    }
}
