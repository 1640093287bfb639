package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;
import net.berth.plan.Change;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Berth comes into a homelab that has grown without it. */
@Timeout(60)
class GrownHomelabTest {
    private final long seed = new Random().nextLong();
    private final GrownHomelab home = new GrownHomelab(seed);
    private final RealTimer timer = new RealTimer();
    private final Engine engine = engine();

    private Engine engine() {
        return Engines.writing()
                .in(GrownHomelab.LAN)
                .by(new Random(seed))
                .over(home.compute, home.ipam, home.router, timer);
    }

    @AfterEach
    void stop() {
        engine.close();
        timer.close();
    }

    /** The address that each guest would come to have. */
    private static Map<GuestId, IpAddress> planned(PassReport plan) {
        Map<GuestId, IpAddress> planned = new TreeMap<>();
        for (GuestReport report : plan.guests()) {
            for (Change change : report.changes()) {
                switch (change) {
                    case Change.Claim claim ->
                        planned.put(report.guest().id(), claim.row().address());
                    case Change.Edit edit ->
                        planned.put(report.guest().id(), edit.row().address());
                    default -> {}
                }
            }
        }
        return planned;
    }

    @Test
    void thePlanShowsEveryAdoptionAndWritesNothing() {
        List<AddressRow> rows = List.copyOf(home.ipam.rows);
        Map<GuestId, IpAddress> planned = planned(engine.plan());
        assertThat(planned).as("seed %d", seed).hasSize(300).containsAllEntriesOf(home.had);
        assertThat(planned.values()).doesNotHaveDuplicates();
        assertThat(home.ipam.rows).containsExactlyElementsOf(rows);
        assertThat(home.router.batches).isEmpty();
        assertThat(home.compute.writes).isEmpty();
    }

    @Test
    void theFirstSyncChangesNoAddressOfAnyGuest() {
        engine.sync(new SyncOptions(false, false));
        assertThat(bound()).as("NIPAP, seed %d", seed).hasSize(300).containsAllEntriesOf(home.had);
        assertThat(bound().values()).doesNotHaveDuplicates();
        home.had.forEach((id, address) -> {
            Guest guest = home.compute.guests.get(id);
            if (guest.nics().getFirst().config() instanceof NicConfig.Static fixed) {
                assertThat(fixed.address().address())
                        .as("config of %s, seed %d", id, seed)
                        .isEqualTo(address);
            }
            assertThat(home.router.mappings.stream()
                            .filter(mapping ->
                                    mapping.maps(guest.nics().getFirst().mac()))
                            .flatMap(mapping -> mapping.address().stream()))
                    .as("mapping of %s, seed %d", id, seed)
                    .containsExactly(address);
        });
        assertThat(home.ipam.rows).containsAll(home.othersRows);
        assertThat(home.router.mappings).containsAll(home.printers);
    }

    @Test
    void aNewGuestThatStartsBeforeTheFirstPassTakesNoAddressOfAnother() {
        GuestId young = home.compute.add(GuestType.LXC, 900, "new", new NicConfig.Dhcp());
        HookEvent start = new HookEvent(young.vmid(), HookEvent.Phase.PRE_START, "pve1", "");
        assertThat(engine.hook(start, Duration.ofSeconds(30))).isInstanceOf(HookAnswer.Settled.class);
        assertThat(home.had.values())
                .as("seed %d", seed)
                .doesNotContain(
                        bound().getOrDefault(young, GrownHomelab.LAN.gateway().orElseThrow()));
    }

    @Test
    void theSecondSyncHasNothingLeftToDo() {
        engine.sync(new SyncOptions(false, false));
        List<AddressRow> rows = List.copyOf(home.ipam.rows);
        PassReport again = engine.sync(new SyncOptions(true, false));
        assertThat(again.guests().stream().flatMap(report -> report.changes().stream()))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(home.ipam.rows).containsExactlyElementsOf(rows);
    }

    @Test
    void theRoutersOtherMachinesAreImportedAsRowsOfAPerson() {
        assertThat(engine.importMappings(true).items()).hasSize(20);
        assertThat(home.ipam.rows).noneMatch(row -> row.source().equals(HumanRow.SOURCE));
        assertThat(engine.importMappings(false).left()).isZero();
        List<AddressRow> imported = home.ipam.rows.stream()
                .filter(row -> row.source().equals(HumanRow.SOURCE))
                .toList();
        assertThat(imported).hasSize(20).allSatisfy(row -> {
            assertThat(row.ours()).isFalse();
            assertThat(row.externalKey()).isEmpty();
            assertThat(row.node()).as("no guest of that name takes it").isEmpty();
        });
        engine.sync(new SyncOptions(false, false));
        assertThat(home.ipam.rows).containsAll(imported);
        assertThat(engine.importMappings(true).items()).isEmpty();
    }

    @Test
    void aGuestThatCannotBeReadStopsTheImport() {
        home.compute.gap = "node pve2 does not answer";
        assertThatThrownBy(() -> engine.importMappings(false))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("pve2");
        assertThat(home.ipam.adds).isZero();
    }

    private Map<GuestId, IpAddress> bound() {
        Map<GuestId, IpAddress> bound = new TreeMap<>();
        List<NicId> nics = new ArrayList<>();
        home.compute.guests.keySet().forEach(id -> nics.add(new NicId(id, 0)));
        nics.forEach(nic -> home.ipam.of(nic).ifPresent(row -> bound.put(nic.guest(), row.address())));
        return bound;
    }
}
