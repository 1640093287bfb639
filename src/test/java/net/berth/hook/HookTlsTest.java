package net.berth.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HTTPS with a pinned certificate or an own authority. Where Perl's TLS module is absent, the same calls must be one
 * warning that names the package, and the guest starts: that is then what these tests see.
 */
class HookTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path shared;

    private static KeyStore keys;
    private static boolean perlSpeaksTls;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        var store = shared.resolve("server.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        assertThat(run(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=receiver",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit"))
                .isZero();
        keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        perlSpeaksTls = run("perl", "-MIO::Socket::SSL", "-e", "1") == 0;
    }

    @Test
    void the_pinned_certificate_is_accepted() throws Exception {
        try (var receiver = receiver()) {
            var run = hook(receiver, "fingerprint = " + fingerprint()).run("101", "pre-start");

            assertSettledOrModuleNamed(run, receiver);
        }
    }

    @Test
    void one_of_several_pins_is_enough_and_colons_do_not_matter() throws Exception {
        try (var receiver = receiver()) {
            var plain = fingerprint().replace(":", "").toLowerCase(java.util.Locale.ROOT);
            var run = hook(receiver, "fingerprint = " + "00".repeat(32), "fingerprint = " + plain)
                    .run("101", "pre-start");

            assertSettledOrModuleNamed(run, receiver);
        }
    }

    @Test
    void another_certificate_than_the_pinned_one_is_told_nothing() throws Exception {
        try (var receiver = receiver()) {
            assertToldNothing(
                    hook(receiver, "fingerprint = " + "AB:".repeat(31) + "AB").run("101", "pre-start"), receiver);
        }
    }

    @Test
    void a_certificate_of_no_known_authority_is_told_nothing() throws Exception {
        try (var receiver = receiver()) {
            assertToldNothing(hook(receiver).run("101", "pre-start"), receiver);
        }
    }

    @Test
    void the_own_authority_is_accepted() throws Exception {
        var authority = folder.resolve("ca.pem");
        var body = Base64.getMimeEncoder()
                .encodeToString(keys.getCertificate("server").getEncoded());
        Files.writeString(authority, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        try (var receiver = receiver()) {
            assertSettledOrModuleNamed(hook(receiver, "ca-file = " + authority).run("101", "pre-start"), receiver);
        }
    }

    @Test
    void a_pin_and_an_authority_together_are_refused() throws Exception {
        try (var receiver = receiver()) {
            var run = hook(receiver, "fingerprint = " + fingerprint(), "ca-file = /etc/passwd")
                    .run("101", "pre-start");

            assertThat(run.exit()).isZero();
            assertThat(run.err()).contains("both fingerprint and ca-file").hasLineCount(1);
        }
    }

    @Test
    void a_node_without_the_tls_module_is_told_which_package_it_lacks() throws Exception {
        Files.createDirectories(folder.resolve("IO/Socket"));
        Files.writeString(folder.resolve("IO/Socket/SSL.pm"), "die 'absent';\n");
        try (var receiver = receiver()) {
            var run = hook(receiver, "fingerprint = " + fingerprint())
                    .run(Map.of("PERL5LIB", folder.toString()), "101", "pre-start");

            assertThat(run.exit()).isZero();
            assertThat(run.err()).contains("apt install libio-socket-ssl-perl").hasLineCount(1);
            assertThat(receiver.requests()).isEmpty();
        }
    }

    private static void assertSettledOrModuleNamed(HookScript.Run run, TestReceiver receiver) {
        assertThat(run.exit()).isZero();
        if (perlSpeaksTls) {
            assertThat(run.out()).isEqualTo("berth: net0\n");
            assertThat(run.err()).isEmpty();
        } else {
            assertThat(run.err()).contains("libio-socket-ssl-perl").hasLineCount(1);
            assertThat(receiver.requests()).isEmpty();
        }
    }

    private static void assertToldNothing(HookScript.Run run, TestReceiver receiver) {
        assertThat(run.exit()).isZero();
        assertThat(run.err())
                .startsWith("berth: warning: https://")
                .contains(perlSpeaksTls ? "SSL" : "libio-socket-ssl-perl")
                .hasLineCount(1);
        assertThat(receiver.requests()).isEmpty();
    }

    private HookScript hook(TestReceiver receiver, String... more) {
        var conf = new ArrayList<>(List.of("url = " + receiver.url(), "secret = " + HookScript.SECRET, "wait = 2"));
        conf.addAll(List.of(more));
        return new HookScript(folder).config(conf);
    }

    private static TestReceiver receiver() throws IOException, GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var answer = TestReceiver.answer(200, "application/json", "{\"nics\":[{\"name\":\"net0\"}]}");
        return TestReceiver.overTls(context.getServerSocketFactory(), answer);
    }

    private static String fingerprint() throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256")
                .digest(keys.getCertificate("server").getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
