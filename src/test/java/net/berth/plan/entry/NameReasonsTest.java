package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.ReservedNames;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.Mapping;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a guest does not get although no row and no DNS name has them, and who has such a name nevertheless. */
class NameReasonsTest {
    private static final MacAddress CAMERA = MacAddress.parse("02:00:00:00:00:77");
    private static final ReservedNames SETTINGS = new ReservedNames(
                    Map.of("vault", "guests.reserved-names in berth.yaml has it"), Set.of())
            .withHost("nipap.url", "nipap.home.lan")
            .withNodes(Set.of("pve1"));

    private static World world(boolean dnsmasq) {
        World world = dnsmasq ? World.dnsmasq() : World.isc();
        world.names = SETTINGS;
        return world;
    }

    /** It has its address and a mapping under its number, and no name of any kind leads to it. */
    private static Conflict hasNoName(World world, int vmid, String name) {
        GuestPlan plan = world.plan(vmid);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.NAME_TAKEN);
        assertThat(world.router.mappings).extracting(Mapping::name).contains("vm" + vmid + "-net0");
        assertThat(List.of(name, name + ".home.lan"))
                .noneMatch(each -> world.router.resolve(each).contains(world.address(vmid, 0)));
        return plan.conflicts().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "wpad, browsers", "ISATAP, IPv6 tunnel", "localhost, the machine that asks", "localhost.home.lan, the machine",
        "broadcasthost, broadcast", "ip6-allnodes, ip6-", "pve1, Proxmox node pve1", "nipap, nipap.url",
        "vault, guests.reserved-names"
    })
    void aReservedNameIsNoGuests(String name, String why) {
        for (boolean dnsmasq : new boolean[] {true, false}) {
            World world = world(dnsmasq).with(TestGuest.vm(101, name)).settle(101);

            Conflict conflict = hasNoName(world, 101, name.split("\\.", -1)[0].toLowerCase(Locale.ROOT));

            assertThat(conflict.message()).contains(why);
            assertThat(conflict.fix()).contains("qm set 101 --name", "allowed-names:");
        }
    }

    @Test
    void anAllowedNameIsGiven() {
        World world = world(true);
        world.names = new ReservedNames(SETTINGS.reasons(), Set.of("nipap", "wpad.home.lan"));
        world.with(TestGuest.vm(101, "nipap")).with(TestGuest.vm(102, "wpad")).settleAll();

        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("nipap", "wpad");
        assertThat(world.plan(101).conflicts()).isEmpty();
        assertThat(world.plan(102).conflicts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGuestThatHasTheNameKeepsIt(boolean dnsmasq) {
        World world = dnsmasq ? World.dnsmasq() : World.isc();
        world.with(TestGuest.vm(101, "nipap")).settle(101);
        world.names = SETTINGS;
        world.lease("192.168.1.210", CAMERA, World.NOW.plus(Duration.ofHours(1)), "nipap");
        world.router.hosts.add(line("cname=nipap.home.lan,other.home.lan", "nipap.home.lan"));

        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.plan(101).conflicts()).isEmpty();
        assertThat(world.planFromOwnRows(101).needsAllRows()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameThatIsOnlyClaimedInARowIsNotWrittenOverAnotherMachines(boolean dnsmasq) {
        World world = world(dnsmasq).with(TestGuest.vm(101, "wiki"));
        world.apply(world.plan(101).changes(Change.Stage.INTENT));
        world.router.hosts.add(line("cname=wiki.home.lan,other.home.lan", "wiki.home.lan"));

        world.settle(101);

        hasNoName(world, 101, "wiki");
    }

    @Test
    void theMachineToWhichAHumansEntryLeadsUnderTheNameGetsIt() {
        World world = world(false).with(TestGuest.vm(101, "nipap").nic(0, Nets.LAN, "192.168.1.50/24"));
        world.humanRecord("nipap.home.lan", "192.168.1.50");

        world.settle(101);

        assertThat(world.plan(101).conflicts()).isEmpty();
        assertThat(world.ledger.at("192.168.1.50").description()).isEqualTo("nipap.home.lan");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNameInAnotherLineOfTheConfigIsTaken(boolean dnsmasq) {
        World world = world(dnsmasq).with(TestGuest.vm(101, "wiki")).with(TestGuest.vm(102, "edge"));
        world.router.hosts.add(line("cname=wiki.home.lan,other.home.lan", "wiki.home.lan"));
        world.router.hosts.add(
                new ConfigHost(List.of(), List.of("edge"), List.of(), List.of(), "system host-name edge"));

        world.settleAll();

        assertThat(hasNoName(world, 101, "wiki").message()).contains("cname=wiki.home.lan,other.home.lan");
        assertThat(hasNoName(world, 102, "edge").message()).contains("system host-name edge");
    }

    @Test
    void anAliasThatAnotherLineAnswersIsNotWritten() {
        World world = world(false).with(TestGuest.vm(101, "web"));
        world.router.hosts.add(line("cname=web,other.home.lan", "web"));

        world.settle(101);

        assertThat(world.router.resolve("web")).isEmpty();
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera", "Camera", "camera.home.lan"})
    void theNameOfALiveClientIsTakenUntilItsLeaseEnds(String clientName) {
        World world = world(false).with(TestGuest.vm(101, "camera"));
        world.lease("192.168.1.210", CAMERA, World.NOW.plus(Duration.ofHours(1)), clientName);

        world.settle(101);

        assertThat(hasNoName(world, 101, "camera").message())
                .contains("02:00:00:00:00:77", "live lease on 192.168.1.210");
        world.now = World.NOW.plus(Duration.ofHours(2));
        assertThat(world.settle(101).router.resolve("camera.home.lan")).containsExactly("192.168.1.20");
    }

    @Test
    void aClientOfAnotherDomainHasAnotherName() {
        World world = world(false).with(TestGuest.vm(101, "camera"));
        world.lease("192.168.30.5", CAMERA, World.NOW.plus(Duration.ofHours(1)), "camera");

        assertThat(world.settle(101).router.resolve("camera.home.lan")).containsExactly("192.168.1.20");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMachineThatIsMadeAnewHasItsNameAtOnce(boolean forgotten) {
        World world = world(true).with(TestGuest.vm(101, "web")).settle(101);
        world.lease("192.168.1.20", TestGuest.mac(101, 0), World.NOW.plus(Duration.ofHours(20)), "web");
        world.lease("192.168.1.210", TestGuest.mac(101, 0), World.NOW.plus(Duration.ofHours(20)), "web");
        world.release(world.guest(101).id());
        if (forgotten) {
            world.router.leases.removeLast();
            world.now = World.NOW.plus(Duration.ofHours(25));
            world.release(world.guest(101).id());
            world.now = World.NOW;
        }
        world.guests.remove(101);

        world.with(TestGuest.vm(102, "web")).settle(102);

        assertThat(world.router.resolve("web.home.lan")).containsExactly(world.address(102, 0));
        assertThat(world.plan(102).conflicts()).isEmpty();
    }

    @Test
    void theLeaseOfAnotherNicOfTheGuestIsNoReason() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "dhcp"));
        world.lease("192.168.1.210", TestGuest.mac(101, 1), World.NOW.plus(Duration.ofHours(1)), "web");

        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void whatAnotherGuestCallsItselfIsNoReason() {
        World world = world(true).with(TestGuest.vm(101, "web")).settle(101);
        world.lease("192.168.1.210", TestGuest.mac(101, 0), World.NOW.plus(Duration.ofHours(1)), "shop");

        world.with(TestGuest.vm(102, "shop")).settle(102);

        assertThat(world.plan(102).conflicts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMacWithAReservationByOptionHasThatAddressAndNoSecondMapping(boolean dnsmasq) {
        World world = world(dnsmasq).with(TestGuest.vm(101, "web"));
        String line = "service dns forwarding options dhcp-host=bc:24:11:00:65:00,192.168.1.60,web";
        bind(world, line, TestGuest.mac(101, 0));

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.60");
        assertThat(world.router.mappings).isEmpty();
        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.FOREIGN_ENTRY);
            assertThat(conflict.message()).contains(line);
        });
    }

    @Test
    void theAddressOfAReservationByOptionIsNoOtherGuests() {
        World world = world(true).with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.60/24"));
        bind(world, "service dns forwarding options dhcp-host=02:00:00:00:00:77,192.168.1.60", CAMERA);

        world.settle(101);

        assertThat(world.ledger.rows()).isEmpty();
        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> assertThat(conflict.message())
                .contains("dhcp-host=02:00:00:00:00:77,192.168.1.60"));
    }

    private static void bind(World world, String line, MacAddress mac) {
        world.router.addAddress("192.168.1.60", line, ConfigAddress.Use.MACHINE);
        world.router.hosts.add(new ConfigHost(
                List.of(), List.of("web"), List.of(mac), List.of(IpAddress.parse("192.168.1.60")), line));
    }

    private static ConfigHost line(String option, String name) {
        return new ConfigHost(
                List.of(name), List.of(), List.of(), List.of(), "service dns forwarding options " + option);
    }
}
