package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.PveOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real dnsmasq, real ISC dhcpd, real DHCP client, real resolver, in network namespaces of their own. Where these cannot be
 * had, the files {@code target/real-*.txt} say why; {@code .ci/run} prints them.
 */
class RealDaemonsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OTHER_MAC = "BC:24:11:0A:0B:0C";
    /** Long enough that the poll, which sees renames, is at work, and short enough to wait for. */
    private static final PveOptions.Timings TIMINGS = new PveOptions.Timings(
            Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(20));

    @TempDir
    Path folder;

    private interface Story {
        void tell(LabHouse house, WireRouter wire);
    }

    /** Tells a story, or says why it cannot be told here. */
    private void tell(Story story) throws IOException {
        Optional<String> obstacle = WirePair.obstacle();
        String told = obstacle.map(why -> "real dnsmasq, DHCP client and resolver were NOT asked: " + why)
                .orElse("real dnsmasq, DHCP client and resolver were asked");
        say("target/real-daemons.txt", told);
        if (obstacle.isPresent()) {
            assertThat(obstacle.get())
                    .as("the reason is one that a person can act on")
                    .hasSizeGreaterThan(20);
            return;
        }
        try (LabHouse house = LabHouse.open(TIMINGS, Map.of()).afterFirstPass();
                WireRouter wire = new WireRouter(house.router(), folder)) {
            // A list without any guest proves nothing to Berth: one stays when the other is destroyed.
            house.pve().createContainer(300, "pve1", Map.of("hostname", "other", "net0", "name=eth0,bridge=vmbr0"));
            try {
                story.tell(house, wire);
            } catch (AssertionError | RuntimeException failure) {
                System.out.println(house.receiverLog());
                System.out.println(house.nipap().dump(row -> true));
                System.out.println(wire.log());
                throw failure;
            }
        }
    }

    private static void say(String file, String told) {
        try {
            Files.createDirectories(Path.of(file).getParent());
            Files.writeString(Path.of(file), told + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println(told);
    }

    private static void guest(LabHouse house, int vmid, String name) {
        new LabGuests(house).container(vmid, name);
        assertThat(house.pve().start(vmid).exitStatus()).isEqualTo("OK");
        settles(house, vmid);
    }

    private static void settles(LabHouse house, int vmid) {
        await("guest " + vmid + " agrees everywhere").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        LabGuestView.of(house, vmid).problems())
                .isEmpty());
    }

    private static String address(LabHouse house, int vmid) {
        return LabGuestView.of(house, vmid).row().map(LabRow::address).orElseThrow();
    }

    private static String mac(LabHouse house, int vmid) {
        return LabGuestView.of(house, vmid).mac();
    }

    private static void rename(LabHouse house, int vmid, String name) {
        house.pve().set(vmid, Map.of("hostname", name));
        settles(house, vmid);
    }

    private static void newMac(LabHouse house, int vmid) {
        String net = house.pve().config(vmid, "net0");
        house.pve().set(vmid, Map.of("net0", net.replace(mac(house, vmid), OTHER_MAC)));
        house.api().post("/v1/guests/" + vmid + "/sync");
        settles(house, vmid);
    }

    private static void destroy(LabHouse house, int vmid, String name) {
        assertThat(house.pve().stop(vmid).exitStatus()).isEqualTo("OK");
        assertThat(house.pve().destroy(vmid).exitStatus()).isEqualTo("OK");
        await(name + " is off the router")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(house.router().dump()).doesNotContain(name));
    }

    private static void hasOnlyItsNewName(WireRouter wire, String address) {
        assertThat(wire.resolve("store.home.lan")).containsExactly(address);
        assertThat(wire.resolve("files.home.lan")).isEmpty();
    }

    private static void getsADynamicAddress(WireRouter wire, String mac, String fixed) {
        assertThat(wire.ask(mac)).hasValueSatisfying(other -> assertThat(other)
                .as("the old MAC gets an address of the dynamic range")
                .startsWith("192.168.1.2")
                .isNotEqualTo(fixed));
    }

    private static void itsNameGoesWithTheLease(WireRouter wire, String address) {
        wire.restart();
        assertThat(wire.resolve("store.home.lan"))
                .as("dnsmasq names a lease too, as long as it lasts")
                .containsExactly(address);
        wire.restartWithoutLeases();
        assertThat(wire.resolve("store.home.lan")).isEmpty();
        assertThat(wire.reverse(address)).isEmpty();
    }

    /** Its client gets the address and its name answers, before and after it is called otherwise. */
    private static void isGivenAndFollowsTheName(LabHouse house, WireRouter wire) {
        String address = address(house, 201);
        String mac = mac(house, 201);
        wire.restart();
        assertThat(wire.ask(mac)).hasValue(address);
        assertThat(wire.resolve("files.home.lan")).containsExactly(address);
        assertThat(wire.reverse(address)).containsExactly("files.home.lan.");

        rename(house, 201, "store");
        wire.restart();
        assertThat(wire.ask(mac)).hasValue(address);
        hasOnlyItsNewName(wire, address);
    }

    @Test
    void inDnsmasqModeAGuestGetsItsAddressAndNameFromTheWireAndTheyFollowIt() throws IOException {
        tell((house, wire) -> {
            guest(house, 201, "files");
            String address = address(house, 201);
            String mac = mac(house, 201);
            isGivenAndFollowsTheName(house, wire);
            assertThat(wire.reverse(address)).containsExactly("store.home.lan.");

            newMac(house, 201);
            wire.restartWithoutLeases();
            assertThat(wire.ask(OTHER_MAC)).hasValue(address);
            getsADynamicAddress(wire, mac, address);

            destroy(house, 201, "store");
            itsNameGoesWithTheLease(wire, address);
            assertThat(wire.ask(OTHER_MAC))
                    .hasValueSatisfying(other -> assertThat(other).isNotEqualTo(address));
        });
    }

    @Test
    void namesAnswerInIscModeTooAndFollowTheAdminsSwitchOfTheMode() throws IOException {
        tell((house, wire) -> {
            guest(house, 201, "files");
            String address = address(house, 201);
            EdgeOs router = house.router();
            router.admin("set service dhcp-server use-dnsmasq disable");
            wire.restart();
            assertThat(wire.resolve("files.home.lan"))
                    .as("ISC mode makes no names")
                    .isEmpty();

            house.api().post("/v1/sync");
            wire.restart();
            assertThat(wire.resolve("files.home.lan")).containsExactly(address);
            assertThat(wire.reverse(address)).containsExactly("files.home.lan.");

            rename(house, 201, "store");
            wire.restart();
            hasOnlyItsNewName(wire, address);
            assertThat(wire.resolve("store")).containsExactly(address);
            assertThat(wire.reverse(address)).containsExactly("store.home.lan.");

            router.admin("set service dhcp-server use-dnsmasq enable");
            house.api().post("/v1/sync");
            wire.restart();
            assertThat(wire.ask(mac(house, 201))).hasValue(address);
            assertThat(wire.resolve("store.home.lan")).containsExactly(address);
            assertThat(wire.reverse(address)).containsExactly("store.home.lan.");

            destroy(house, 201, "store");
            itsNameGoesWithTheLease(wire, address);
        });
    }

    @Test
    void inIscModeARealDhcpdGivesTheAddressAndItFollowsTheGuest() throws IOException {
        tell((house, wire) -> {
            house.router().admin("set service dhcp-server use-dnsmasq disable");
            Optional<String> obstacle = WireRouter.iscObstacle(house.router(), folder);
            say(
                    "target/real-dhcpd.txt",
                    obstacle.map(why -> "real ISC dhcpd was NOT asked: " + why).orElse("real ISC dhcpd was asked"));
            if (obstacle.isPresent()) {
                assertThat(obstacle.get()).hasSizeGreaterThan(20);
                return;
            }
            house.api().post("/v1/sync");
            guest(house, 201, "files");
            String address = address(house, 201);
            String mac = mac(house, 201);
            isGivenAndFollowsTheName(house, wire);

            newMac(house, 201);
            wire.restart();
            assertThat(wire.ask(OTHER_MAC))
                    .as("dhcpd keeps no lease of a fixed address, so the new MAC has it at once")
                    .hasValue(address);
            getsADynamicAddress(wire, mac, address);

            destroy(house, 201, "store");
            wire.restart();
            assertThat(wire.resolve("store.home.lan")).isEmpty();
            assertThat(wire.reverse(address)).isEmpty();
            assertThat(wire.ask(OTHER_MAC))
                    .hasValueSatisfying(other -> assertThat(other).isNotEqualTo(address));
        });
    }

    @Test
    void reservationsAndNamesInOptionsOfAPersonKeepTheirMachines() throws IOException {
        tell((house, wire) -> {
            house.router().admin("set service dns forwarding options dhcp-host=" + OTHER_MAC + ",192.168.1.60");
            house.api().post("/v1/sync");
            // Berth does not know this one yet when it claims the row.
            house.router().admin("set service dns forwarding options cname=wiki.home.lan,nas.home.lan");
            new LabGuests(house).container(201, "files");
            String net = house.pve().config(201, "net0");
            house.pve().set(201, Map.of("net0", net.replace(mac(house, 201), OTHER_MAC)));
            new LabGuests(house).container(202, "wiki");
            house.pve().start(201);
            house.pve().start(202);
            assertThat(house.api().post("/v1/sync?dry-run=true").toString())
                    .contains("dhcp-host=" + OTHER_MAC + ",192.168.1.60", "cname=wiki.home.lan,nas.home.lan");

            wire.restart();
            assertThat(address(house, 201)).isEqualTo("192.168.1.60");
            assertThat(wire.ask(OTHER_MAC)).hasValue("192.168.1.60");
            assertThat(wire.ask(mac(house, 202))).hasValue(address(house, 202));
            assertThat(wire.resolve("wiki.home.lan")).containsExactly("192.168.1.6", "nas.home.lan.");
        });
    }

    @Test
    void aMacThatAnOptionSwitchesOffOrNamesStaysSo() throws IOException {
        tell((house, wire) -> {
            new LabGuests(house).container(201, "files");
            new LabGuests(house).container(202, "games");
            String off = "dhcp-host=" + mac(house, 201) + ",ignore";
            String named = "dhcp-host=" + mac(house, 202) + ",console";
            house.router().admin("set service dns forwarding options " + off);
            house.router().admin("set service dns forwarding options " + named);
            house.pve().start(201);
            house.pve().start(202);
            assertThat(house.api().post("/v1/sync?dry-run=true").toString()).contains("FOREIGN_ENTRY", off, named);

            wire.restart();
            assertThat(wire.ask(mac(house, 201))).isEmpty();
            getsADynamicAddress(wire, mac(house, 202), address(house, 202));
            assertThat(wire.resolve("console.home.lan")).isNotEmpty();
            assertThat(house.router().dump()).doesNotContain("static-mapping files", "static-mapping games");
        });
    }

    @Test
    void addressThatTheOldMacStillLeasesIsToldWithItsEnd() throws IOException {
        tell((house, wire) -> {
            guest(house, 201, "files");
            String address = address(house, 201);
            String old = mac(house, 201);
            wire.restart();
            assertThat(wire.ask(old)).hasValue(address);

            newMac(house, 201);
            wire.restart();
            wire.showLeases();
            assertThat(wire.ask(OTHER_MAC).filter(address::equals))
                    .as("dnsmasq gives no address away that another MAC leases, reserved or not")
                    .isEmpty();
            assertThat(house.api().post("/v1/sync?dry-run=true").toString())
                    .contains("ADDRESS_IN_USE", old.toUpperCase(Locale.ROOT), address);
        });
    }
}
