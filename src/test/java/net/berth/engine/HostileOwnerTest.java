package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner of a guest, or a writer of NIPAP, can do to the entries of others; see docs/security.md. */
@Timeout(60)
class HostileOwnerTest {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final MacAddress TV = new MacAddress("02:00:00:00:00:05");
    private static final String NAMESERVER = "192.168.1.53";
    private static final Network LAN = new Network(
            "lan",
            "vmbr0",
            0,
            Nets.LAN.prefix(),
            IpAddress.parse("192.168.1.1"),
            "home.lan",
            List.of(IpAddress.parse(NAMESERVER)),
            "LAN",
            Nets.LAN.exclude());

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.usual()
            .in(LAN)
            .releaseAfter(Duration.ofMinutes(1))
            .every(POLL, Duration.ofDays(1))
            .at(clock)
            .over(compute, ipam, router, timer);
    private final Mapping tv = router.addMapping("tv", "192.168.1.5", TV.lowerCase());

    @BeforeEach
    void begin() {
        compute.addStranger();
        engine.start();
        timer.advance(Duration.ZERO);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void pass(Duration time) {
        clock.advance(time);
        timer.advance(time);
    }

    private HookAnswer starts(GuestId guest) {
        return engine.hook(new HookEvent(guest.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
    }

    private GuestId add(String name, NicConfig config) {
        return compute.add(GuestType.LXC, 101, name, config);
    }

    private void mac(GuestId guest, MacAddress mac) {
        compute.change(
                guest,
                before -> GuestEdits.eachNic(
                        before, nic -> new Nic(nic.id(), mac, nic.bridge(), nic.vlan(), nic.config())));
    }

    /** Destroyed, noticed, its quarantine over. */
    private void goes(GuestId guest) {
        compute.guests.remove(guest);
        for (int i = 0; i < 6; i++) {
            pass(POLL);
        }
        await().until(() -> {
            pass(POLL);
            return ipam.rows.stream().noneMatch(AddressRow::ours);
        });
    }

    private List<ConflictCode> conflicts() {
        return engine.guest(101, false).orElseThrow().conflicts().stream()
                .map(Conflict::code)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "destroyed",
                "released",
                "renamed and destroyed",
                "another MAC and destroyed",
                "another MAC and released"
            })
    void aMappingOfWhichAGuestHasTheMacIsAfterwardsAsItWas(String end) {
        GuestId box = add("box", new NicConfig.Dhcp());
        mac(box, TV);
        starts(box);
        assertThat(router.mappings).containsExactly(tv);
        assertThat(ipam.rows).singleElement().matches(row -> row.address().equals(IpAddress.parse("192.168.1.5")));
        if (end.startsWith("renamed")) {
            compute.rename(box, "tv2");
            starts(box);
        }
        if (end.startsWith("another MAC")) {
            mac(box, new MacAddress("02:00:00:00:00:66"));
            starts(box);
            assertThat(router.mappings)
                    .singleElement()
                    .matches(mapping -> mapping.maps(IpAddress.parse("192.168.1.5")));
        }

        if (end.endsWith("released")) {
            engine.release(Set.of(101), false);
        } else {
            goes(box);
        }
        assertThat(router.mappings).containsExactly(tv);
        assertThat(router.records).isEmpty();
    }

    @Test
    void aGuestThatSaysItIsTheNameserverGetsNothing() {
        GuestId fake = add("fake", new NicConfig.Static(InterfaceAddress.parse(NAMESERVER + "/24"), ""));
        assertThat(starts(fake)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(ipam.rows).isEmpty();
        assertThat(router.mappings).containsExactly(tv);
        assertThat(router.records).isEmpty();
        assertThat(conflicts()).containsExactly(ConflictCode.FOREIGN_ENTRY);
    }

    @Test
    void anExcludedAddressIsAdoptedIfNothingElseHasIt() {
        GuestId own = add("own", new NicConfig.Static(InterfaceAddress.parse("192.168.1.7/24"), ""));
        starts(own);

        assertThat(ipam.rows).singleElement().satisfies(row -> {
            assertThat(row.address()).isEqualTo(IpAddress.parse("192.168.1.7"));
            assertThat(row.avp(RowAttributes.ORIGIN)).contains("the guest's own config");
        });
        assertThat(conflicts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapping", "lease", "row"})
    void anExcludedAddressOfAnotherMachineIsLeftToIt(String has) {
        switch (has) {
            case "mapping" -> {}
            case "lease" -> {
                router.mappings.clear();
                router.leases.add(new Lease(
                        IpAddress.parse("192.168.1.5"), TV, clock.instant().plusSeconds(3600), "tv"));
            }
            default -> {
                router.mappings.clear();
                ipam.human("192.168.1.5", "tv");
            }
        }
        List<AddressRow> rows = List.copyOf(ipam.rows);
        List<Mapping> mappings = List.copyOf(router.mappings);
        starts(add("thief", new NicConfig.Static(InterfaceAddress.parse("192.168.1.5/24"), "")));

        assertThat(ipam.rows).containsExactlyElementsOf(rows);
        assertThat(router.mappings).containsExactlyElementsOf(mappings);
        assertThat(conflicts()).hasSize(1);
    }

    private void plant(String mac, String description) {
        ipam.insert(
                AddressRow.SOURCE,
                "192.168.1.5",
                "pve:home:qemu:777:net0",
                "tv",
                description,
                RowStatus.ASSIGNED,
                List.of("berth"),
                Map.of(RowAttributes.MAC, mac));
    }

    @ParameterizedTest
    @CsvSource({"02:00:00:00:00:66, other.home.lan", "'', ''", "'', other.home.lan"})
    void aRowOfAGuestThatNeverWasDeletesNoMappingThatHasItsAddressOnly(String mac, String description) {
        DnsRecord name = router.addRecord(
                new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "tv.home.lan", List.of(), List.of("192.168.1.5")));
        plant(mac, description);
        engine.sync(SyncOptions.PLAIN);
        for (int i = 0; i < 20; i++) {
            pass(POLL);
        }
        engine.releaseAll(false);

        assertThat(router.mappings).containsExactly(tv);
        assertThat(router.records).containsExactly(name);
    }

    /** Nothing but the row says which entries are Berth's: the one attack of a writer of NIPAP that is not stopped. */
    @Test
    void aRowWithAddressMacAndNameOfAMappingMakesItBerths() {
        plant(TV.text(), "tv.home.lan");
        pass(Duration.ofSeconds(1));
        engine.releaseAll(false);

        assertThat(router.mappings).isEmpty();
    }
}
