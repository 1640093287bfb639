package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.berth.config.SettingsFile;
import net.berth.http.ReceiverSettings;
import net.berth.security.OwnCertificate;
import net.berth.security.ShownCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code berth init} does about HTTPS. */
class InitHttpsTest extends InitBench {
    private static final String LAN_ONLY = "--network=192.168.1.0/24=vmbr0";

    private int answered(String listen, String https) {
        List<String> answers = answers();
        answers.subList(answers.size() - 2, answers.size()).clear();
        answers.addAll(List.of(listen, https));
        return init(answers, LAN_ONLY);
    }

    private X509Certificate certificate() throws Exception {
        byte[] pem = Files.readAllBytes(folder().resolve("server.pem"));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    @Test
    void aListenerThatOtherMachinesReachHasHttpsUnlessThePersonSaysNo() throws Exception {
        assertThat(answered("192.168.1.5:8480", "")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("HTTPS, with a certificate that is created now (recommended)? [Y/n]: ")
                .doesNotContain("PRIVATE KEY");
        String fingerprint = ShownCertificate.ofPem(Files.readString(folder().resolve("server.pem")))
                .fingerprint();
        assertThat(out.toString())
                .contains("{ echo 'url = https://192.168.1.5:8480'; echo 'fingerprint = " + fingerprint
                        + "'; printf 'secret = '; cat ");
        assertThat(mode("server.key")).isEqualTo("rw-------");
        assertThat(mode("server.pem")).isEqualTo("rw-r--r--");
        assertThat(SettingsFile.read(made(), Map.of()).settings().server().transport())
                .isEqualTo(new ReceiverSettings.Transport.Tls(
                        folder().resolve("server.pem"), folder().resolve("server.key")));

        X509Certificate certificate = certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(7, "192.168.1.5"));
        assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant()))
                .isGreaterThan(Duration.ofDays(3640));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5,             false",
        "192.168.1.5 --no-https,  true",
        "127.0.0.1,               true",
        "localhost:8480,          true",
        "[::1]:8480,              true",
        "127.0.0.1 --https,       false",
        "berth.home.lan,          false",
    })
    void whereNothingIsAskedTheListenerDecidesOrAFlag(String listen, boolean plain) throws IOException {
        Files.createDirectory(folder());
        String[] flags = Stream.concat(
                        Stream.of(silent("--cluster=home")), Stream.of(("--listen=" + listen).split(" ")))
                .toArray(String[]::new);
        assertThat(init(List.of(), flags)).as(err.toString()).isZero();
        assertThat(
                        SettingsFile.read(made(), Map.of()).settings().server().transport()
                                instanceof ReceiverSettings.Transport.Plain)
                .isEqualTo(plain);
        assertThat(Files.exists(folder().resolve("server.key"))).isEqualTo(!plain);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0:9000", "[::]:9000"})
    void aListenerOnAllAddressesIsReachedAtOneOfThem(String listen) throws Exception {
        assertThat(answered(listen, "y")).as(err.toString()).isZero();
        assertThat(Files.readString(made())).contains("listen: \"" + listen + "\"");
        assertThat(out.toString())
                .doesNotContain("url = https://" + listen)
                .containsPattern("url = https://[^/]+:9000");
        assertThat(certificate().getSubjectAlternativeNames()).contains(List.of(2, "localhost"));
    }

    @Test
    void theCertificateThatIsThereIsKept() throws IOException {
        OwnCertificate own = OwnCertificate.create(List.of("berth.home.lan"), Instant.now());
        Files.createDirectory(folder());
        Path pem = secret("server.pem", own.certificate());
        assertThat(answered("192.168.1.5:8480", "y")).isEqualTo(1);
        assertThat(err.toString()).contains("there is only one of " + pem + " and ");
        assertThat(made()).doesNotExist();

        Path key = secret("server.key", own.privateKey());
        List<String> again = answers();
        again.remove(7);
        assertThat(init(again, LAN_ONLY, "--listen=192.168.1.5:8480"))
                .as(err.toString())
                .isZero();
        assertThat(pem).hasContent(own.certificate());
        assertThat(key).hasContent(own.privateKey());
        assertThat(out.toString())
                .contains("kept the existing files " + pem)
                .contains("fingerprint = "
                        + ShownCertificate.ofPem(own.certificate()).fingerprint());
    }
}
