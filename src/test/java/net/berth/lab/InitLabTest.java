package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.lab.proxmox.LabTask;
import net.berth.lab.proxmox.PveOptions;
import net.berth.security.OwnCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From nothing to settings that work: {@code berth init}, then doctor and plan on what it has made. */
class InitLabTest {
    private LabHouse house;
    private Path made;

    @BeforeEach
    void open() throws IOException {
        house = LabHouse.withoutReceiver(PveOptions.Timings.quick(), Map.of());
        new LabGuests(house).template(9000, "template");
        new LabGuests(house).vm(101, "web");
        made = Files.createDirectory(house.folder().resolve("etc")).resolve("berth.yaml");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private LabCommand init(String... more) {
        return initUnder("022", more);
    }

    private LabCommand initUnder(String umask, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "init",
                "--yes",
                "--config",
                made.toString(),
                "--proxmox-url",
                house.pve().url().toString(),
                "--nipap-url",
                house.nipap().url().toString(),
                "--nipap-password-file",
                house.folder().resolve("nipap.password").toString(),
                "--router",
                "127.0.0.1:" + house.router().port(),
                "--router-password-file",
                house.folder().resolve("router.password").toString()));
        if (!List.of(more).contains("--fingerprint")) {
            arguments.addAll(List.of("--fingerprint", house.pve().fingerprint()));
        }
        if (!List.of(more).contains("--host-key")) {
            arguments.addAll(List.of("--host-key", house.router().hostKey()));
        }
        if (!List.of(more).contains("--token-file")) {
            arguments.addAll(List.of(
                    "--token-file", house.folder().resolve("proxmox.token").toString()));
        }
        arguments.addAll(List.of(more));
        return LabCommand.run(umask, house.folder(), arguments.toArray(String[]::new));
    }

    @Test
    void whatInitMakesIsGreenForTheDoctorAndGoodForAPlan() throws IOException {
        LabCommand said = init();
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains(house.pve().fingerprint(), house.router().hostKey())
                .contains("lan: 192.168.1.0/24 on vmbr0, DHCP LAN")
                .contains("qm set 9000 --hookscript local:snippets/berth-hook")
                .contains("/etc/pve/priv/berth.conf")
                .contains("The node \"pve2\" does not answer and is left out of urls")
                .contains("  sudo berth plan --config " + made)
                .contains("  sudo sed -i 's/^  mode: report.*/  mode: sync/' " + made);
        assertThat(Files.readString(made)).contains("exclude: [\"192.168.1.2-192.168.1.19\"]", "  mode: report ");
        // The service runs as nobody: systemd hands it the secrets, the settings it reads itself.
        assertThat(mode("berth.yaml")).isEqualTo("rw-r--r--");
        assertThat(mode("hook.secret")).isEqualTo("rw-------");
        assertThat(mode("api.token")).isEqualTo("rw-------");
        String secrets = Files.readString(made.resolveSibling("hook.secret")).strip();
        assertThat(said.out() + said.err() + Files.readString(made))
                .doesNotContain(secrets, house.pve().tokenSecret(), "berth-nipap", "router-secret");

        LabCommand doctor = LabCommand.run(house.folder(), "doctor", "--config", made.toString());
        assertThat(doctor.exit()).as(doctor.out() + doctor.err()).isZero();
        LabCommand plan = LabCommand.run(house.folder(), "plan", "--config", made.toString());
        assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(2);
        assertThat(plan.out()).contains("web (101)", "in NIPAP");
    }

    @Test
    void modesDoNotDependOnTheUmask() throws IOException {
        Path first = made;
        for (String umask : List.of("000", "077", "777")) {
            made = first.resolveSibling("of-" + umask).resolve("berth.yaml");
            LabCommand said = initUnder(umask);
            assertThat(said.exit()).as(said.out() + said.err()).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent())))
                    .isEqualTo("rwxr-xr-x");
            assertThat(mode("berth.yaml")).isEqualTo("rw-r--r--");
            assertThat(mode("hook.secret")).isEqualTo("rw-------");
            assertThat(mode("api.token")).isEqualTo("rw-------");
        }
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolveSibling(file)));
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws IOException {
        Files.writeString(made, "mine\n");
        LabCommand said = init();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains(made + " exists and is not changed");
        assertThat(Files.readString(made)).isEqualTo("mine\n");
        assertThat(made.resolveSibling("hook.secret")).doesNotExist();
        assertThat(house.pve().calls()).isEmpty();

        Files.delete(made);
        Files.writeString(made.resolveSibling("hook.secret"), LabSettings.HOOK_SECRET + "\n");
        assertThat(init().err()).contains("others may read", "chmod 600 " + made.resolveSibling("hook.secret"));
        Files.setPosixFilePermissions(made.resolveSibling("hook.secret"), PosixFilePermissions.fromString("rw-------"));
        assertThat(init().out()).contains("kept the existing file ");
        assertThat(Files.readString(made.resolveSibling("hook.secret"))).isEqualTo(LabSettings.HOOK_SECRET + "\n");
    }

    @Test
    void theExampleOfThePackageIsSetAsideAndAnyOtherFileIsNot() throws IOException {
        Path shipped = Path.of("docs/berth.yaml.example");
        Path beside = made.resolveSibling("berth.yaml.example");
        Files.copy(shipped, made);
        LabCommand said = init();
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("moved the example settings to " + beside);
        assertThat(beside).hasSameBinaryContentAs(shipped);
        assertThat(Files.readString(made)).contains(house.pve().fingerprint());
        assertThat(mode("berth.yaml")).isEqualTo("rw-r--r--");
        assertThat(init().err()).as("edited since").contains(made + " exists and is not changed");

        Files.writeString(made, Files.readString(shipped) + "\n");
        assertThat(init().err()).as("edited by one byte").contains(made + " exists and is not changed");
        Files.copy(shipped, made, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(beside, "mine\n");
        assertThat(init().err()).contains(beside + ", but another file has that name");
        assertThat(Files.readString(beside)).isEqualTo("mine\n");
        assertThat(made).hasSameBinaryContentAs(shipped);
    }

    @Test
    void whatRootAndTheAdminMustDoIsToldAlsoWhenNothingIsAsked() throws IOException {
        Path token = Files.copy(house.folder().resolve("proxmox.token"), made.resolveSibling("pve"));
        LabCommand said = init("--token-file", token.toString());
        assertThat(said.out())
                .contains(
                        "  pveum role add Berth --privs \"VM.Audit",
                        "  pveum user token add berth@pve berth --privsep 0")
                .contains("  set system login user berth level admin")
                .contains(
                        "  set system login user berth authentication plaintext-password 'PASSWORD'     # the one in ")
                .contains("  [Service]\n", "  LoadCredential=pve:" + token + "\n")
                .contains("  LoadCredential=api.token:" + made.resolveSibling("api.token") + "\n");
    }

    @Test
    void anotherMachineThanTheOneThatWasNamedGetsNothing() {
        LabCommand certificate = init("--fingerprint", "AB:CD:EF");
        assertThat(certificate.exit()).isEqualTo(1);
        assertThat(certificate.err()).contains("another machine may answer");
        LabCommand key = init("--host-key", "SHA256:0000000000000000000000000000000000000000000");
        assertThat(key.err()).contains("another machine may answer");
        assertThat(house.router().counters().logins()).isZero();
        assertThat(made).doesNotExist();
    }

    /** Hook and commands reach the receiver with what init wrote and printed, and send nothing to another in its place. */
    @Test
    void httpsNeedsNoFurtherSettings() throws IOException, InterruptedException {
        LabCommand said = init("--https", "--listen=127.0.0.1:" + house.port());
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        writeAsPrinted(said.out(), house.folder().resolve("berth.conf"));
        Files.writeString(made, Files.readString(made).replace("mode: report", "mode: sync"));
        Path log = house.folder().resolve("https.log");
        try (LabReceiver receiver = LabReceiver.startHttps(made, house.port(), log)) {
            LabTask start = house.pve().start(101).await();
            assertThat(start.exitStatus()).as(start.log() + receiver.log()).isEqualTo("OK");
            assertThat(start.log())
                    .as(receiver.log())
                    .anyMatch(line -> line.contains("net0 192.168.1.20/24 web.home.lan"));
            LabCommand guests = guests();
            assertThat(guests.exit()).as(guests.out() + guests.err()).isZero();
            assertThat(guests.out()).contains("web", "settled");
        }

        OwnCertificate other = OwnCertificate.create(List.of("127.0.0.1"), Instant.now());
        Path others = Files.createDirectory(house.folder().resolve("other"));
        for (String file : List.of("berth.yaml", "hook.secret", "api.token")) {
            Files.copy(made.resolveSibling(file), others.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(others.resolve("server.pem"), other.certificate());
        Files.setPosixFilePermissions(
                Files.writeString(others.resolve("server.key"), other.privateKey()),
                PosixFilePermissions.fromString("rw-------"));
        try (LabReceiver another = LabReceiver.startHttps(others.resolve("berth.yaml"), house.port(), log)) {
            new LabGuests(house).vm(102, "late");
            LabTask start = house.pve().start(102).await();
            assertThat(start.exitStatus()).as(start.log() + another.log()).isEqualTo("OK");
            assertThat(start.log().toString())
                    .contains("berth: warning: https://127.0.0.1:", "the guest goes on without Berth");
            LabCommand guests = guests();
            assertThat(guests.exit()).isEqualTo(1);
            assertThat(guests.err()).contains("which is not the one in certificate-file");
        }
    }

    private LabCommand guests() {
        return LabCommand.run(house.folder(), "guests", "--config", made.toString());
    }

    /** Runs the printed line that writes berth.conf; what it would pipe to a node goes into a file. */
    private static void writeAsPrinted(String printed, Path conf) throws IOException, InterruptedException {
        String line = printed.lines()
                .filter(one -> one.contains("/etc/pve/priv/berth.conf"))
                .findFirst()
                .orElseThrow();
        Process shell = new ProcessBuilder("/bin/sh", "-c", line.substring(0, line.indexOf("| ssh")))
                .redirectOutput(conf.toFile())
                .start();
        assertThat(shell.waitFor()).as(line).isZero();
    }
}
