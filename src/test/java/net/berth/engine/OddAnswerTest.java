package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.berth.engine.world.GuestRecord;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import net.berth.plan.view.EntryState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One odd or incomplete answer of Proxmox is no news: what is missing counts when a later answer lacks it too. */
class OddAnswerTest {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final SettableClock clock = new SettableClock();
    private GuestId web;
    private Engine engine;

    /** What an answer may lack for a moment. */
    enum Odd {
        NO_NAME,
        NO_SECOND_NIC,
        NO_FIRST_NIC,
        NO_BRIDGE,
        NOTHING,
        A_LOCK;

        private Guest answer(Guest guest) {
            return switch (this) {
                case NO_NAME -> GuestEdits.named(guest, "");
                case NO_SECOND_NIC -> GuestEdits.withNics(guest, guest.nics().subList(0, 1));
                case NO_FIRST_NIC -> GuestEdits.withNics(guest, guest.nics().subList(1, 2));
                case NO_BRIDGE -> GuestEdits.eachNic(guest, nic -> new Nic(nic.id(), nic.mac(), "", 0, nic.config()));
                case NOTHING -> GuestEdits.named(GuestEdits.withNics(guest, List.of()), "");
                case A_LOCK -> GuestEdits.locked(guest, "backup");
            };
        }
    }

    @BeforeEach
    void settle() {
        web = compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
        MacAddress second = MacAddress.parse("BC:24:11:00:AA:01");
        compute.change(
                web,
                guest -> GuestEdits.withNics(
                        guest,
                        Stream.concat(
                                        guest.nics().stream(),
                                        Stream.of(new Nic(new NicId(web, 1), second, "vmbr0", 0, new NicConfig.Dhcp())))
                                .toList()));
        engine = begin();
        engine.sync(SyncOptions.PLAIN);
        engine.sync(SyncOptions.PLAIN);
        assertThat(ipam.rows).hasSize(2);
        assertThat(router.mappings).hasSize(2);
    }

    private Engine begin() {
        return Engines.usual().in(Nets.LAN).at(clock).over(compute, ipam, router, timer);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private record Held(List<AddressRow> rows, List<?> mappings, List<?> records) {}

    private Held held() {
        return new Held(List.copyOf(ipam.rows), List.copyOf(router.mappings), List.copyOf(router.records));
    }

    private HookAnswer event(HookEvent.Phase phase) {
        return engine.hook(new HookEvent(101, phase, "pve1", ""), WAIT);
    }

    private void later(Duration by) {
        clock.advance(by);
    }

    /** All ways in which a guest is looked at, several times, within the time in which nothing is proved. */
    private void looks() {
        for (int i = 0; i < 3; i++) {
            engine.sync(SyncOptions.PLAIN);
            event(HookEvent.Phase.PRE_STOP);
            engine.plan();
            engine.guest(101, true);
            later(Duration.ofSeconds(3));
        }
    }

    @ParameterizedTest
    @EnumSource(Odd.class)
    void nothingIsChangedByAnAnswerOfAMoment(Odd odd) {
        Held before = held();
        Guest whole = compute.guests.get(web);
        compute.change(web, odd::answer);
        looks();
        assertThat(held()).isEqualTo(before);

        compute.change(web, guest -> whole);
        later(GuestRecord.TWICE);
        looks();
        compute.change(web, odd::answer);
        looks();
        assertThat(held()).as("another such moment, much later").isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Odd.class)
    void norByAReceiverThatHasJustStarted(Odd odd) {
        Held before = held();
        compute.change(web, odd::answer);
        engine.close();
        engine = begin();
        looks();
        assertThat(held()).isEqualTo(before);
    }

    @Test
    void aNameThatStaysAwayIsGone() {
        compute.rename(web, "");
        engine.sync(SyncOptions.PLAIN);
        later(GuestRecord.TWICE);
        engine.sync(SyncOptions.PLAIN);
        assertThat(ipam.rows).extracting(AddressRow::node).containsExactlyInAnyOrder("vm101", "vm101-net1");
        assertThat(router.records)
                .extracting("name")
                .containsExactlyInAnyOrder("vm101.home.lan", "vm101-net1.home.lan");
    }

    @Test
    void aNicThatStaysAwayIsGoneAndTheOthersKeepTheirNames() {
        compute.change(web, Odd.NO_SECOND_NIC::answer);
        assertThat(engine.sync(SyncOptions.PLAIN).guests().getFirst().nics())
                .hasSize(2)
                .last()
                .satisfies(nic -> {
                    assertThat(nic.states().guest()).isEqualTo(EntryState.NOT_APPLICABLE);
                    assertThat(nic.remarks().note()).contains("last answer does not show this NIC");
                });
        later(GuestRecord.TWICE);
        engine.sync(SyncOptions.PLAIN);
        assertThat(ipam.rows).filteredOn(AddressRow::quarantined).hasSize(1);
        assertThat(router.records).extracting("name").containsExactly("web.home.lan");
    }

    /** No event says that the guest is to be looked at once more. */
    @Test
    void aSecondAnswerIsAskedForByItself() {
        compute.change(web, Odd.NO_SECOND_NIC::answer);
        event(HookEvent.Phase.POST_STOP);
        await().untilAsserted(() -> assertThat(timer.waits()).contains(GuestRecord.TWICE));
    }

    /** The start's own run ends the wait for the second answer. */
    @Test
    void aStartIsAnsweredAtOnceAndTheSecondAnswerIsStillAskedFor() {
        compute.change(web, Odd.NO_SECOND_NIC::answer);
        event(HookEvent.Phase.POST_STOP);
        await().until(() -> timer.waits().size() == 1);
        Held before = held();
        later(Duration.ofSeconds(4));
        assertThat(event(HookEvent.Phase.PRE_START)).isInstanceOf(HookAnswer.Settled.class);
        await().untilAsserted(() -> assertThat(timer.waits()).containsExactly(Duration.ofSeconds(6)));
        assertThat(held()).isEqualTo(before);
        later(Duration.ofSeconds(6));
        timer.advance(Duration.ofSeconds(6));
        await().untilAsserted(() ->
                assertThat(ipam.rows).filteredOn(AddressRow::quarantined).hasSize(1));
        await().untilAsserted(
                        () -> assertThat(router.records).extracting("name").containsExactly("web.home.lan"));
        assertThat(timer.waits()).isEmpty();
    }

    /** Reads and the router may be slow: what was read before the second answer was due is not the second answer. */
    @Test
    void norIsItLostByARunThatTakesLong() {
        compute.change(web, Odd.NO_SECOND_NIC::answer);
        event(HookEvent.Phase.POST_STOP);
        compute.onRead = () -> later(Duration.ofSeconds(30));
        event(HookEvent.Phase.POST_STOP);
        compute.onRead = () -> {};
        await().untilAsserted(() -> assertThat(timer.waits()).containsExactly(GuestRecord.TWICE));
        assertThat(ipam.rows).noneMatch(AddressRow::quarantined);
        event(HookEvent.Phase.PRE_START);
        await().untilAsserted(() ->
                assertThat(ipam.rows).filteredOn(AddressRow::quarantined).hasSize(1));
    }

    /** A NIC that is added in place of another one is written to within the same run. */
    @Test
    void norByAWriteIntoTheConfig() {
        GuestId box = compute.add(GuestType.LXC, 102, "box", new NicConfig.Dhcp());
        engine.close();
        engine = Engines.writing().in(Nets.LAN).at(clock).over(compute, ipam, router, timer);
        engine.sync(102, SyncOptions.PLAIN);
        MacAddress other = MacAddress.parse("BC:24:11:00:AA:02");
        compute.change(
                box,
                guest -> GuestEdits.withNics(
                        guest, List.of(new Nic(new NicId(box, 1), other, "vmbr0", 0, new NicConfig.Dhcp()))));
        engine.hook(new HookEvent(102, HookEvent.Phase.POST_STOP, "pve1", ""), WAIT);
        await().untilAsserted(() -> assertThat(compute.writes).hasSize(2));
        await().untilAsserted(() -> assertThat(timer.waits()).containsExactly(GuestRecord.TWICE));
        assertThat(ipam.rows).noneMatch(AddressRow::quarantined);
    }

    @Test
    void aNewMacMakesItNoOtherMachine() {
        MacAddress other = MacAddress.parse("BC:24:11:00:AA:03");
        compute.change(
                web,
                guest -> GuestEdits.eachNic(
                        GuestEdits.named(guest, ""),
                        nic -> new Nic(nic.id(), nic.id().index() == 0 ? other : nic.mac(), "vmbr0", 0, nic.config())));
        engine.sync(SyncOptions.PLAIN);
        assertThat(router.mappings).anyMatch(mapping -> mapping.maps(other));
        assertThat(router.records).extracting("name").containsExactlyInAnyOrder("web.home.lan", "web-net1.home.lan");
    }

    @Test
    void anotherNameOrNetworkCountsAtOnce() {
        compute.rename(web, "www");
        engine.sync(SyncOptions.PLAIN);
        assertThat(router.records).extracting("name").containsExactlyInAnyOrder("www.home.lan", "www-net1.home.lan");
        compute.change(
                web,
                guest -> GuestEdits.eachNic(
                        guest,
                        nic -> new Nic(
                                nic.id(), nic.mac(), nic.id().index() == 0 ? "vmbr0" : "vmbr9", 0, nic.config())));
        engine.sync(SyncOptions.PLAIN);
        assertThat(ipam.rows).filteredOn(AddressRow::quarantined).hasSize(1);
    }

    @Test
    void theOperatorWhoTookANicAwayNeedNotWait() {
        compute.change(web, Odd.NO_SECOND_NIC::answer);
        engine.sync(101, SyncOptions.PLAIN);
        assertThat(ipam.rows).filteredOn(AddressRow::quarantined).hasSize(1);
    }

    @Test
    void anotherMachineWithTheNumberHasNoneOfIt() {
        compute.change(
                web,
                guest -> new Guest(
                        guest.id(),
                        "",
                        "pve1",
                        guest.status(),
                        Duration.ZERO,
                        false,
                        "",
                        "uuid-new",
                        true,
                        guest.hookscript(),
                        List.of(),
                        List.of(new Nic(
                                new NicId(web, 0),
                                MacAddress.parse("BC:24:11:00:BB:00"),
                                "vmbr0",
                                0,
                                new NicConfig.Dhcp()))));
        engine.sync(SyncOptions.PLAIN);
        assertThat(ipam.rows)
                .filteredOn(row -> !row.quarantined())
                .extracting(AddressRow::node)
                .containsExactly("vm101");
    }
}
