package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.berth.model.Avps;
import net.berth.model.DnsRecord;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.Lease;
import net.berth.model.MacAddress;
import net.berth.model.Mapping;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.RouterView;

/** What the systems hold, in memory, and the plans made from it. */
final class World {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    final Ledger ledger = new Ledger();
    final FakeRouter router;
    final SortedMap<Integer, Guest> guests = new TreeMap<>();
    final Map<Integer, Situation.Boot> boots = new TreeMap<>();
    Policy.Mode mode = Policy.Mode.SYNC;
    Policy.WriteBack writeBack = Policy.WriteBack.FIRST_BOOT;
    boolean writeBackOrdered;
    boolean starting;
    Optional<Instant> startedAt = Optional.empty();
    List<Network> networks = Nets.ALL;
    Map<String, List<Prefix>> pools = Map.of();
    Instant now = NOW;

    private World(boolean dnsmasq) {
        router = new FakeRouter(dnsmasq);
    }

    /** The router runs ISC dhcpd: a mapping makes no name. */
    static World isc() {
        return new World(false);
    }

    /** The router runs dnsmasq: a mapping makes its own name. */
    static World dnsmasq() {
        return new World(true);
    }

    /** Puts a guest, or another state of it, into Proxmox. */
    World with(TestGuest guest) {
        Guest built = guest.build();
        guests.put(built.id().vmid(), built);
        return this;
    }

    World boot(int vmid, Situation.Boot boot) {
        boots.put(vmid, boot);
        return this;
    }

    Guest guest(int vmid) {
        return guests.get(vmid);
    }

    /** A host row that a person made. */
    HostRow humanRow(String address, String node) {
        return ledger.add(address, "nipap", "", node, "by hand");
    }

    Mapping humanMapping(String name, String address, MacAddress mac) {
        return router.addMapping(name, address, mac.lowerCase());
    }

    DnsRecord humanRecord(String name, String... addresses) {
        return router.addRecord(new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, List.of(), List.of(addresses)));
    }

    void lease(String address, MacAddress mac, Instant expires) {
        router.leases.add(new Lease(IpAddress.parse(address), mac, expires, "LAN", "laptop"));
    }

    /** The plan from all rows. */
    GuestPlan plan(int vmid) {
        return plan(vmid, ledger.rows(), true);
    }

    /** The plan from the guest's own rows alone. */
    GuestPlan planFromOwnRows(int vmid) {
        return plan(vmid, ledger.rowsOf(guest(vmid).id()), false);
    }

    private GuestPlan plan(int vmid, List<HostRow> rows, boolean whole) {
        return planner().plan(situation(vmid, rows, whole));
    }

    Situation situation(int vmid, List<HostRow> rows, boolean whole) {
        Guest guest = guest(vmid);
        boolean hasRun = guest.running()
                || RowIndex.of(rows).of(guest.id()).stream()
                        .anyMatch(row -> row.avp(Avps.BOOTED).equals(Avps.YES));
        Situation.Boot known = hasRun ? Situation.Boot.HAS_RUN : Situation.Boot.FRESH;
        Situation.Boot boot = boots.getOrDefault(vmid, known);
        return new Situation(
                guest,
                RowIndex.of(rows),
                whole,
                view(),
                boot,
                starting,
                startedAt,
                writeBackOrdered,
                Map.of(),
                pools,
                now);
    }

    private GuestPlanner planner() {
        return new GuestPlanner(
                networks, new Policy(Policy.Select.HOOK, "berth", mode, writeBack, Duration.ofHours(24), 3));
    }

    RouterView view() {
        return router.view();
    }

    /** Carries a plan out, as strictly as the real systems do. */
    World apply(GuestPlan plan) {
        return apply(plan.changes());
    }

    World apply(List<Change> changes) {
        List<Long> edited = new ArrayList<>();
        for (Change change : changes) {
            switch (change) {
                case Change.Claim claim -> ledger.claim(claim.row());
                case Change.Edit edit -> {
                    ledger.edit(
                            edit.row(), edit.edit(), edited.contains(edit.row().id()));
                    edited.add(edit.row().id());
                }
                case Change.Free free -> ledger.free(free.row());
                case Change.OnRouter onRouter -> router.apply(onRouter.change());
                case Change.WriteGuest write -> write(write);
            }
        }
        return this;
    }

    /** The next steps for all rows of a guest that is gone. */
    ReleasePlan gone(GuestId guest) {
        RowIndex rows = RowIndex.of(ledger.rows());
        ReleasePlan plan = planner().gone(guest, rows, true, view(), now, guest + " is gone");
        RowIndex own = RowIndex.of(ledger.rowsOf(guest));
        ReleasePlan partial = planner().gone(guest, own, false, view(), now, guest + " is gone");
        assertThat(partial.needsAllRows() || partial.equals(plan))
                .as("what the own rows of %s are enough for", guest)
                .isTrue();
        return plan;
    }

    ReleasePlan released(GuestId guest) {
        return planner().released(guest, RowIndex.of(ledger.rows()), true, view(), now);
    }

    World release(GuestId guest) {
        return apply(gone(guest).changes());
    }

    private void write(Change.WriteGuest change) {
        int vmid = change.write().nic().guest().vmid();
        guests.put(vmid, GuestEdits.addressed(guest(vmid), change.write()));
    }

    /** Plans and applies until nothing is left, and not for ever. */
    World settle(int vmid) {
        for (int i = 0; i < 5; i++) {
            GuestPlan plan = plan(vmid);
            if (plan.changes().isEmpty()) {
                return this;
            }
            apply(plan);
        }
        assertThat(plan(vmid).changes()).as("still unsettled after five plans").isEmpty();
        return this;
    }

    World settleAll() {
        for (int round = 0; round < 4; round++) {
            guests.keySet().forEach(this::settle);
        }
        return this;
    }

    /** Some address of a row of Berth's; .60 when there is none. */
    String anyAddress(List<Integer> vmids) {
        return vmids.stream()
                .flatMap(vmid -> ledger.rowsOf(guest(vmid).id()).stream())
                .map(row -> row.address().toString())
                .findFirst()
                .orElse("192.168.1.60");
    }

    /** The address of a guest's NIC by its live row. */
    String address(int vmid, int index) {
        return ledger.live(guest(vmid).id(), index).address().toString();
    }
}
