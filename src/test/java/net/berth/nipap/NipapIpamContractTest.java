package net.berth.nipap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.berth.engine.port.Ipam.Claim;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowEdit.Expiry;
import net.berth.nipap.xmlrpc.NipapStruct;
import net.berth.plan.Change;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A binding's life on the stand-in and, when there is one, on a real nipapd. */
@Timeout(120)
class NipapIpamContractTest {
    private static final Prefix LAN = Prefix.parse("192.168.1.0/24");

    static List<String> titles() {
        return NipapUnderTest.titles().toList();
    }

    private static NipapUnderTest withLan(String title) {
        NipapUnderTest nipap = NipapUnderTest.open(title);
        nipap.add(LAN.toString(), "assignment", Map.of());
        return nipap;
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aPersonsRowIsWrittenDownOnceAndIsNotBerths(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            HumanRow printer = new HumanRow(IpAddress.parse("192.168.1.9"), "printer (B8:27:EB:00:00:09)");
            assertThat(ipam.writeDown(printer)).isTrue();
            assertThat(ipam.writeDown(printer)).isFalse();
            assertThat(ipam.rowsIn(LAN)).singleElement().satisfies(row -> {
                assertThat(row.ours()).isFalse();
                assertThat(row.source()).isEqualTo("router");
                assertThat(row.externalKey()).isEmpty();
                assertThat(row.description()).isEqualTo(printer.description());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void ofTwoOpenClaimsOneIsConfirmedAndTheOtherGone(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            for (String address : List.of("192.168.1.40", "192.168.1.30")) {
                nipap.rpc()
                        .call(
                                "add_prefix",
                                Map.of("attr", RowMapping.attributes(IpamFixture.row(101, address), nipap.vrf())));
            }
            AddressRow open = ipam.rowAt(IpAddress.parse("192.168.1.40")).orElseThrow();
            assertThat(open.claiming()).isTrue();
            assertThat(ipam.claim(IpamFixture.row(101, "192.168.1.50"))).isInstanceOf(Claim.Had.class);
            assertThat(ipam.rowsIn(LAN)).singleElement().satisfies(row -> {
                assertThat(row.id()).isEqualTo(open.id());
                assertThat(row.claiming()).isFalse();
            });
            assertThat(ipam.remove(open))
                    .as("seen open, confirmed by now: it stays")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aBindingIsClaimedFoundChangedRestedAndFreed(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            ipam.check(IpamFixture.network(LAN.toString()));
            AddressRow made = IpamFixture.made(ipam, 101, "192.168.1.20");
            assertThat(ipam.rowsOf(made.nic().orElseThrow().guest())).containsExactly(made);
            assertThat(ipam.rowsIn(LAN)).containsExactly(made);
            assertThat(ipam.claim(IpamFixture.row(101, "192.168.1.30"))).isEqualTo(new Claim.Had(made));
            assertThat(ipam.claim(IpamFixture.row(102, "192.168.1.20")))
                    .isEqualTo(new Claim.Taken(IpAddress.parse("192.168.1.20")));
            AddressRow stopped = ipam.edit(made, RowEdit.fields(Map.of("status", "reserved", "node", "web 🙂")))
                    .orElseThrow();
            assertThat(stopped.node()).isEqualTo("web 🙂");
            assertThat(ipam.edit(made, RowEdit.fields(Map.of("status", "quarantine"))))
                    .isEmpty();
            assertThat(ipam.remove(made)).isFalse();
            Expiry later = new Expiry.At(Instant.parse("2031-01-01T00:00:00.5Z"));
            AddressRow resting = ipam.edit(
                            stopped, new RowEdit(Map.of("status", "quarantine"), Map.of("x", "y"), later))
                    .orElseThrow();
            assertThat(resting.avp("x")).isEqualTo("y");
            assertThat(ipam.remove(resting)).isTrue();
            assertThat(ipam.rowsIn(LAN)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aRowOfAPersonIsAdopted(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            nipap.add("192.168.1.30/32", "host", Map.of("node", "web", "comment", "mine"));
            nipap.edit(Map.of("prefix", "192.168.1.30/32"), Map.of("authoritative_source", "nipap"));
            AddressRow seen = ipam.rowsIn(LAN).getFirst();
            assertThat(seen.ours()).isFalse();
            String key = IpamFixture.nic(101).externalKey();
            AddressRow ours = ipam.edit(
                            seen, RowEdit.fields(Map.of("external_key", key, "authoritative_source", "berth")))
                    .orElseThrow();
            assertThat(ours.binds(IpamFixture.nic(101))).isTrue();
            assertThat(ours.tags()).containsExactly("berth");
            assertThat(nipap.list(Map.of("external_key", key)).getFirst().needText("comment"))
                    .isEqualTo("mine");
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void anAdoptedRowIsGivenBackAsItWas(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            String address = "192.168.1.30";
            Map<String, Object> own = new HashMap<>(
                    Map.of("node", "Web", "comment", "mine", "customer_id", "7", "expires", "2031-05-05T10:00:00Z"));
            own.put("tags", List.of("dmz", "berth"));
            own.put("avps", Map.of("rack", "7"));
            own.put("status", "reserved");
            nipap.add(address + "/32", "host", own);
            nipap.edit(Map.of("prefix", address + "/32"), Map.of("authoritative_source", "netbox"));
            Map<String, ?> before = members(nipap, address);

            World world = World.isc().with(TestGuest.vm(101, "web"));
            GuestId guest = world.guest(101).id();
            world.ledger.add(ipam.rowsIn(LAN).getFirst());
            AddressRow adopted = edited(ipam, world.plan(101).changes(Change.Stage.INTENT));
            assertThat(adopted.ours()).isTrue();
            assertThat(members(nipap, address)).isNotEqualTo(before);

            World later = World.isc();
            later.ledger.add(adopted);
            AddressRow quarantined = edited(ipam, later.gone(guest).changes().subList(0, 1));
            later.ledger.delete(adopted);
            later.ledger.add(quarantined);
            later.now = World.NOW.plusSeconds(90_000);
            List<Change> back = later.gone(guest).changes();
            assertThat(edited(ipam, back).ours()).isFalse();
            assertThat(members(nipap, address)).isEqualTo(before);
            assertThat(ipam.edit(quarantined, ((Change.Edit) back.getFirst()).edit()))
                    .as("done already")
                    .isPresent();
        }
    }

    private static AddressRow edited(NipapIpam ipam, List<Change> changes) {
        Change.Edit edit = (Change.Edit) changes.getFirst();
        return ipam.edit(edit.row(), edit.edit()).orElseThrow();
    }

    private static Map<String, ?> members(NipapUnderTest nipap, String address) {
        Map<String, Object> members = new HashMap<>(
                nipap.list(Map.of("prefix", address + "/32")).getFirst().members());
        members.remove("last_modified");
        return members;
    }

    @ParameterizedTest
    @MethodSource("titles")
    void receiversSideBySideNeverDouble(String title) throws InterruptedException, ExecutionException {
        List<NipapIpam> receivers = new ArrayList<>();
        try (NipapUnderTest nipap = withLan(title);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int receiver = 0; receiver < 3; receiver++) {
                NipapIpam ipam = nipap.ipam();
                receivers.add(ipam);
                for (int vmid = 100; vmid < 115; vmid++) {
                    int guest = vmid;
                    work.add(() -> NipapIpamRaceTest.bind(ipam, guest));
                }
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
            List<AddressRow> rows = receivers.getFirst().rowsIn(LAN);
            Set<String> keys = new HashSet<>();
            rows.forEach(row -> keys.add(row.externalKey()));
            assertThat(keys).hasSize(15);
            assertThat(rows).hasSize(15);
        } finally {
            receivers.forEach(NipapIpam::close);
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aPoolAnswersItsAssignmentsAndNipapItselfWouldGiveTheirLowestHost(String title) {
        String name = "berth-test-" + UUID.randomUUID();
        try (NipapUnderTest nipap = NipapUnderTest.open(title);
                NipapIpam ipam = nipap.ipam()) {
            Network network = IpamFixture.network("10.20.0.0/16", name);
            assertThat(ipam.pool(name)).isEmpty();
            assertThatThrownBy(() -> ipam.check(network)).hasMessageContaining("there is no pool " + name);
            nipap.rpc()
                    .call(
                            "add_pool",
                            Map.of(
                                    "attr",
                                    Map.of(
                                            "name",
                                            name,
                                            "description",
                                            "test",
                                            "default_type",
                                            "host",
                                            "ipv4_default_prefix_length",
                                            32)));
            try {
                nipap.add("10.20.0.0/16", "reservation", Map.of());
                nipap.add("10.20.4.0/24", "assignment", Map.of());
                assertThat(ipam.pool(name)).contains(List.of());
                assertThatThrownBy(() -> ipam.check(network)).hasMessageContaining("has no assignment inside of");
                nipap.add("10.20.5.0/29", "assignment", Map.of("pool_name", name));
                assertThat(ipam.pool(name)).contains(List.of(Prefix.parse("10.20.5.0/29")));
                assertThatCode(() -> ipam.check(network)).doesNotThrowAnyException();
                assertThat(nipap.rpc()
                                .call(
                                        "find_free_prefix",
                                        Map.of(
                                                "vrf",
                                                Map.of("id", nipap.vrf()),
                                                "args",
                                                Map.of("from-pool", Map.of("name", name), "family", 4))))
                        .isEqualTo(List.of("10.20.5.1"));
            } finally {
                nipap.rpc().call("remove_pool", Map.of("pool", Map.of("name", name)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("titles")
    void theCheckOfANetworkChangesNothing(String title) {
        try (NipapUnderTest nipap = withLan(title);
                NipapIpam ipam = nipap.ipam()) {
            IpamFixture.made(ipam, 101, "192.168.1.20");
            List<NipapStruct> before = nipap.list(Map.of());
            ipam.check(IpamFixture.network(LAN.toString()));
            assertThat(nipap.list(Map.of())).isEqualTo(before);
            assertThatThrownBy(() -> ipam.check(IpamFixture.network("192.168.2.0/24")))
                    .hasMessageContaining("192.168.2.0/24 is not in VRF");
        }
    }
}
