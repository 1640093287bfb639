package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import net.berth.lab.proxmox.PveOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code systemctl reload berth}: a SIGHUP makes the real receiver read its settings anew, all or nothing. */
class ReloadScenarioTest {
    private LabHouse house;
    private LabGuests guests;

    @BeforeEach
    void open() {
        house = LabHouse.open(PveOptions.Timings.quick(), Map.of("poll: 1s", "poll: 10m"))
                .afterFirstPass();
        guests = new LabGuests(house);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void newSettingsAndSecretsAreInForceWithoutARestart() throws Exception {
        assertThat(start(201).status()).isEqualTo(200);
        assertThat(house.nipap().dump()).contains("192.168.1.20");
        long pid = house.receiverPid();
        edit("exclude: [192.168.1.2-192.168.1.19]", "exclude: [192.168.1.2-192.168.1.99]");
        Files.writeString(house.folder().resolve("api.token"), "another-token-of-the-lab-7\n");

        reload("settings read anew: networks[0].exclude, server.api-token-file changed");
        assertThat(start(202).status()).isEqualTo(200);
        assertThat(house.nipap().dump()).contains("192.168.1.20", "192.168.1.100");
        assertThat(statusWith(LabSettings.API_TOKEN)).isEqualTo(401);
        assertThat(statusWith("another-token-of-the-lab-7")).isEqualTo(200);
        assertThat(house.receiverPid()).isEqualTo(pid);
        assertThat(house.receiverLog()).doesNotContain("another-token-of-the-lab-7", "ERROR", "Exception");
    }

    @Test
    void aMistakeIsLoggedAsAtAStartAndNothingChanges() throws Exception {
        Path token = house.folder().resolve("api.token");
        edit("exclude: [192.168.1.2-192.168.1.19]", "exclude: [192.168.1.2-192.168.1.99]");
        edit("mode: sync", "mode: synk");
        reload("settings not read anew: Berth goes on with those from before");
        assertThat(house.receiverLog())
                .containsPattern("ERROR.*berth.yaml:\\d+: guests.mode: found \"synk\"; one of: report, create, sync");

        edit("mode: synk", "mode: sync");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        reload("found a file that others may read (rw-r--r--), type: chmod 600 " + token);

        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        edit("listen: 127.0.0.1:" + house.port(), "listen: 127.0.0.1:1");
        reload("settings not read anew: server.listen has changed, which needs a restart: systemctl restart berth");

        assertThat(start(201).status()).isEqualTo(200);
        assertThat(house.nipap().dump()).as("by the settings from before").contains("192.168.1.20");
        edit("listen: 127.0.0.1:1", "listen: 127.0.0.1:" + house.port());
        edit("exclude: [192.168.1.2-192.168.1.99]", "exclude: [192.168.1.2-192.168.1.19]");
        reload("settings read anew: nothing has changed");
    }

    @Test
    void noStartIsRefusedOrLostByReloadsMeanwhile() throws Exception {
        List<Integer> vmids = new ArrayList<>();
        for (int vmid = 301; vmid <= 318; vmid++) {
            guests.container(vmid, "guest" + vmid, "pve1");
            vmids.add(vmid);
        }
        List<Future<LoneHook.Answer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < vmids.size(); i++) {
                int vmid = vmids.get(i);
                answers.add(threads.submit(() -> LoneHook.send(house.port(), vmid, "pre-start")));
                if (i % 6 == 2) {
                    edit("release-limit: " + (3 + i / 6), "release-limit: " + (4 + i / 6));
                    reload("settings read anew: guests.release-limit changed", 1 + i / 6);
                }
            }
        }
        for (Future<LoneHook.Answer> answer : answers) {
            assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
        }
        String rows = house.nipap().dump();
        assertThat(vmids).allMatch(vmid -> rows.contains("pve:home:lxc:" + vmid + ":net0"));
        assertThat(house.router().mappings().stream().filter(line -> line.contains(" guest3")))
                .hasSize(vmids.size());
        assertThat(house.receiverLog()).doesNotContain("ERROR", "Exception", "Berth is stopping");
    }

    private LoneHook.Answer start(int vmid) {
        guests.container(vmid, "guest" + vmid, "pve1");
        return LoneHook.send(house.port(), vmid, "pre-start");
    }

    private int statusWith(String token) {
        return house.api().getWith("/v1/guests", "Bearer " + token).statusCode();
    }

    private void edit(String old, String text) throws IOException {
        String yaml = Files.readString(house.config());
        assertThat(yaml).contains(old);
        Files.writeString(house.config(), yaml.replace(old, text));
    }

    private void reload(String logged) throws IOException, InterruptedException {
        reload(logged, 1);
    }

    /** Until the log has the text so many times. */
    private void reload(String logged, int times) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(house.receiverPid())).start();
        assertThat(kill.waitFor()).isZero();
        Awaitility.await(logged)
                .atMost(Duration.ofSeconds(30))
                .until(() -> house.receiverLog().split(Pattern.quote(logged), -1).length > times);
    }
}
