package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.berth.engine.FakeRouter;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import net.berth.inmemory.RouterEdits;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.ReservedNames;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.router.Neighbour;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/** What the systems hold, in memory, and the plans made from it. */
public final class World {
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    public final Ledger ledger = new Ledger();
    public final FakeRouter router;
    public final SortedMap<Integer, Guest> guests = new TreeMap<>();
    final Map<Integer, Situation.Boot> boots = new TreeMap<>();
    public Policy.Mode mode = Policy.Mode.SYNC;
    public Policy.WriteBack writeBack = Policy.WriteBack.FIRST_BOOT;
    public int nicsLimit = Policy.NICS_LIMIT;
    public boolean writeBackOrdered;
    public boolean starting;
    public boolean ordered;
    public final List<LiveAddress> live = new ArrayList<>();
    public Map<IpAddress, Set<GuestId>> fixed = Map.of();
    public Instant startedAt = Instant.MIN;
    public List<Network> networks = Nets.ALL;
    public Map<String, List<Prefix>> pools = Map.of();
    public ReservedNames names = ReservedNames.NONE;
    public Instant now = NOW;

    private World(boolean dnsmasq) {
        router = new FakeRouter(dnsmasq);
    }

    /** The router runs ISC dhcpd: a mapping makes no name. */
    public static World isc() {
        return new World(false);
    }

    /** The router runs dnsmasq: a mapping makes its own name. */
    public static World dnsmasq() {
        return new World(true);
    }

    /** Puts a guest, or another state of it, into Proxmox. */
    public World with(TestGuest guest) {
        Guest built = guest.build();
        guests.put(built.id().vmid(), built);
        return this;
    }

    public World boot(int vmid, Situation.Boot boot) {
        boots.put(vmid, boot);
        return this;
    }

    public Guest guest(int vmid) {
        return guests.get(vmid);
    }

    /** A host row that a person made. */
    public AddressRow humanRow(String address, String node) {
        return ledger.add(address, "nipap", "", node, "by hand");
    }

    /** A host row that a human made and tagged for the guest with this name. */
    public AddressRow taggedRow(String address, String node) {
        return ledger.tag(humanRow(address, node));
    }

    public void neighbour(String address, MacAddress mac, boolean proven) {
        router.neighbours.add(new Neighbour(IpAddress.parse(address), mac, proven));
    }

    public Mapping humanMapping(String name, String address, MacAddress mac) {
        return router.addMapping(name, address, mac.lowerCase());
    }

    public DnsRecord humanRecord(String name, String... addresses) {
        return router.addRecord(new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, List.of(), List.of(addresses)));
    }

    public void lease(String address, MacAddress mac, Instant expires) {
        lease(address, mac, expires, "laptop");
    }

    public void lease(String address, MacAddress mac, Instant expires, String clientName) {
        router.leases.add(new Lease(IpAddress.parse(address), mac, expires, clientName));
    }

    /** The plan from all rows. */
    public GuestPlan plan(int vmid) {
        return plan(vmid, ledger.rows(), true);
    }

    /** The plan from the guest's own rows alone. */
    public GuestPlan planFromOwnRows(int vmid) {
        return plan(vmid, ledger.rowsOf(guest(vmid).id()), false);
    }

    private GuestPlan plan(int vmid, List<AddressRow> rows, boolean whole) {
        return planner().plan(situation(vmid, rows, whole));
    }

    public Situation situation(int vmid, List<AddressRow> rows, boolean whole) {
        Guest guest = guest(vmid);
        boolean hasRun = guest.running()
                || RowIndex.of(rows).of(guest.id()).stream()
                        .anyMatch(row -> row.avp(RowAttributes.BOOTED).equals(RowAttributes.YES));
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
                ordered,
                live,
                fixed,
                pools,
                names,
                now);
    }

    private Planner planner() {
        return new Planner(
                networks, new Policy(Policy.Select.HOOK, "berth", mode, writeBack, Duration.ofHours(24), 3, nicsLimit));
    }

    public RouterView view() {
        return router.view();
    }

    /** Carries a plan out, as strictly as the real systems do. */
    public World apply(GuestPlan plan) {
        return apply(plan.changes());
    }

    public World apply(List<Change> changes) {
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
                case Change.OnRouter onRouter -> change(onRouter.change());
                case Change.WriteGuest write -> write(write);
            }
        }
        return this;
    }

    /** What goes must be there to go, and nothing that the router would choke on may come. */
    private void change(RouterChange change) {
        RouterView before = view();
        for (Object old : RouterEdits.old(change)) {
            assertThat(before.mappings().contains(old) || before.records().contains(old))
                    .as("%s is there to be removed", old)
                    .isTrue();
        }
        Router.Applied applied = router.apply(KnownBatch.of(List.of(change)));
        assertThat(applied.outcomes()).as("what becomes of %s", change).containsExactly(new Router.Outcome.Done());
        assertThat(applied.commits()).as("%s changes something", change).isPositive();
    }

    /** The next steps for all rows of a guest that is gone. */
    public Plan.Release gone(GuestId guest) {
        RowIndex rows = RowIndex.of(ledger.rows());
        Plan.Release plan = planner().gone(guest, rows, true, view(), now, guest + " is gone");
        RowIndex own = RowIndex.of(ledger.rowsOf(guest));
        Plan.Release partial = planner().gone(guest, own, false, view(), now, guest + " is gone");
        assertThat(partial.needsAllRows() || partial.equals(plan))
                .as("what the own rows of %s are enough for", guest)
                .isTrue();
        return plan;
    }

    public Plan.Release released(GuestId guest) {
        return planner().released(guest, RowIndex.of(ledger.rows()), true, view(), now);
    }

    public World release(GuestId guest) {
        return apply(gone(guest).changes());
    }

    private void write(Change.WriteGuest change) {
        int vmid = change.write().nic().guest().vmid();
        guests.put(vmid, GuestEdits.addressed(guest(vmid), change.write()));
    }

    /** Plans and applies until nothing is left, and not for ever. */
    public World settle(int vmid) {
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

    public World settleAll() {
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
    public String address(int vmid, int index) {
        return ledger.live(guest(vmid).id(), index).address().toString();
    }
}
