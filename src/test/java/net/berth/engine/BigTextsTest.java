package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.berth.engine.report.GuestReport;
import net.berth.http.json.EventJson;
import net.berth.http.json.GuestJson;
import net.berth.http.json.Json;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Conflict;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every text that somebody else writes is 100 kB long and has many lines; what Berth says of it is short. */
@Timeout(60)
class BigTextsTest {
    private static final String BIG = "x".repeat(50_000) + "\nINFO forged\u001b[2J\u202e" + "y".repeat(50_000);
    private static final int ENOUGH = 16_000;

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final Engine engine = Engines.writing().in(Nets.LAN).over(compute, ipam, router, timer);
    private final GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
    private final MacAddress mac = compute.guests.get(web).nics().getFirst().mac();

    @AfterEach
    void close() {
        engine.close();
    }

    /** Where the text stands. */
    enum Place {
        GUEST_NAME,
        TAG,
        NODE,
        ROW_NODE,
        ROW_ORIGIN,
        MAPPING,
        MAPPING_OFF,
        DNS_ALIAS,
        CONFIG_LINE,
        ROUTERS_LINE,
        LEASE,
        REFUSED_BY_PROXMOX,
        REFUSED_BY_ROUTER,
        ODD_CONFIG
    }

    private void write(Place place) {
        switch (place) {
            case GUEST_NAME -> compute.rename(web, BIG);
            case TAG -> compute.change(web, guest -> GuestEdits.tagged(guest, BIG, "ip-192-168-1-2", "ip-" + BIG));
            case NODE -> compute.change(web, guest -> GuestEdits.moved(guest, BIG));
            case ROW_NODE -> {
                fixed("192.168.1.66");
                ipam.insert("nipap", "192.168.1.66", "", BIG, BIG, RowStatus.ASSIGNED, List.of(BIG), Map.of());
            }
            case ROW_ORIGIN -> {
                String key = "pve:home:lxc:101:net0";
                Map<String, String> avps = Map.of(
                        RowAttributes.ORIGIN,
                        BIG,
                        RowAttributes.MAPPING,
                        BIG,
                        RowAttributes.WAS,
                        BIG.replace('x', ' '));
                ipam.insert(AddressRow.SOURCE, "192.168.1.66", key, BIG, BIG, RowStatus.ASSIGNED, List.of(), avps);
            }
            case MAPPING -> {
                fixed("192.168.1.66");
                router.addMapping(BIG, "192.168.1.66", "02:00:00:00:00:01");
            }
            case MAPPING_OFF -> {
                var on = router.addMapping(BIG, "192.168.1.66", mac.lowerCase());
                router.mappings.clear();
                router.mappings.add(new net.berth.model.router.Mapping(
                        on.sharedNetwork(), on.subnet(), BIG, on.addressText(), on.macText(), true));
            }
            case DNS_ALIAS ->
                router.addRecord(new DnsRecord(
                        DnsRecord.Kind.HOST_MAPPING, "web.home.lan", List.of(BIG), List.of("192.168.1.9", BIG)));
            case CONFIG_LINE ->
                router.hosts.add(new ConfigHost(List.of("web.home.lan"), List.of(), List.of(), List.of(), BIG));
            case ROUTERS_LINE -> {
                fixed("192.168.1.66");
                router.addAddress("192.168.1.66", BIG, ConfigAddress.Use.ROUTER);
            }
            case LEASE -> {
                fixed("192.168.1.66");
                router.leases.add(new Lease(
                        IpAddress.parse("192.168.1.66"), new MacAddress("02:00:00:00:00:01"), Instant.MAX, BIG));
            }
            case REFUSED_BY_PROXMOX -> compute.refuses = BIG;
            case REFUSED_BY_ROUTER -> router.refuse = BIG;
            case ODD_CONFIG ->
                compute.change(
                        web,
                        guest ->
                                GuestEdits.eachNic(guest, nic -> GuestEdits.configured(nic, new NicConfig.Other(BIG))));
        }
    }

    private void fixed(String address) {
        NicConfig config = new NicConfig.Static(InterfaceAddress.parse(address + "/24"), "");
        compute.change(web, guest -> GuestEdits.eachNic(guest, nic -> GuestEdits.configured(nic, config)));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whatIsSaidOfItIsShort(Place place) {
        write(place);
        HookAnswer answer =
                engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
        isShort(answer instanceof HookAnswer.Duplicate no ? no.reason() : "");
        engine.sync(101, SyncOptions.PLAIN);
        engine.sync(SyncOptions.PLAIN);
        GuestReport report = engine.guest(101, true).orElseThrow();
        isShort(Json.text(GuestJson.of(report)));
        report.conflicts().stream()
                .flatMap(conflict -> Stream.of(conflict.message(), conflict.fix()))
                .forEach(BigTextsTest::isShort);
        events().forEach(BigTextsTest::isShort);
        engine.leases(false).value().forEach(lease -> isShort(lease.clientName() + lease.note()));
        ipam.rows.stream()
                .filter(AddressRow::ours)
                .filter(row -> place != Place.ROW_ORIGIN)
                .forEach(row ->
                        isShort(row.node() + row.description() + row.avps().values()));
    }

    private List<String> events() {
        try {
            return engine.events().read(0, Duration.ofMillis(1)).stream()
                    .map(new EventJson("home")::of)
                    .toList();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static void isShort(String text) {
        assertThat(text.length())
                .as("length of %s", text.substring(0, Math.min(200, text.length())))
                .isLessThan(ENOUGH);
    }

    @Test
    void theCureStandsAtTheEndOfALongMessage() {
        router.addRecord(
                new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "web.home.lan", List.of(BIG), List.of("192.168.1.9")));
        engine.sync(101, SyncOptions.PLAIN);
        assertThat(engine.guest(101, false).orElseThrow().conflicts())
                .extracting(Conflict::message)
                .singleElement()
                .asString()
                .startsWith("the router has a record web.home.lan")
                .endsWith("net0 of web (home/lxc/101) gets its address, but no DNS name");
    }
}
