package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.GuestReport;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.nipap.Mishaps;
import net.berth.model.AddressRange;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.QuickNipap;

/** Receivers that start all guests at once, each in an order of its own, on one NIPAP with faults. */
final class NipapStorm implements AutoCloseable {
    static final int GUESTS = 200;
    private static final int RECEIVERS = 3;
    private static final int PROCESSES = 4;
    private static final int FAULTS = 60;
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final String[] METHODS = {
        "add_prefix", "list_prefix", "search_prefix", "edit_prefix", "remove_prefix"
    };
    private static final Network LAN = new Network(
            "lan",
            "vmbr0",
            0,
            Prefix.parse("192.168.0.0/23"),
            IpAddress.parse("192.168.0.1"),
            "home.lan",
            List.of(),
            "",
            List.of(AddressRange.parse("192.168.0.2-192.168.0.19")));

    /** What a receiver told a hook. */
    record Told(String key, String address) {}

    private final Random random;
    private final LabNipap lab = LabNipap.start(0, PROCESSES);
    private final RealTimer timer = new RealTimer();
    private final FakeCompute compute = new FakeCompute();
    private final List<NipapIpam> clients = new ArrayList<>();
    private final List<Engine> engines = new ArrayList<>();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();

    NipapStorm(long seed) {
        random = new Random(seed);
        lab.addAssignment(LAN.prefix().toString(), "lan");
        for (int vmid = 100; vmid < 100 + GUESTS; vmid++) {
            compute.add(vmid % 2 == 0 ? GuestType.QEMU : GuestType.LXC, vmid, "g" + vmid, new NicConfig.Dhcp());
        }
        for (int i = 0; i < FAULTS; i++) {
            plan(lab.mishaps(), METHODS[random.nextInt(METHODS.length)]);
        }
        for (int i = 0; i < RECEIVERS; i++) {
            NipapIpam client = QuickNipap.of(lab, new Random(random.nextLong()));
            clients.add(client);
            engines.add(engine(client));
        }
    }

    private void plan(Mishaps mishaps, String method) {
        switch (random.nextInt(6)) {
            case 0, 1 -> mishaps.loseReply(method);
            case 2 -> mishaps.loseCall(method);
            case 3 -> mishaps.deadlock(method);
            case 4 -> mishaps.databaseRestarts(method);
            default ->
                mishaps.faultAfterwards("add_prefix", 1400, "Duplicate value for 'prefix', it is already in use.");
        }
    }

    private Engine engine(NipapIpam ipam) {
        return Engines.usual()
                .in(LAN)
                .forAll()
                .by(new Random(random.nextLong()))
                .over(compute, ipam, new FakeRouter(), timer);
    }

    /** Every receiver is told of every start; one of the starts is accompanied by a restart of nipapd. */
    void run() {
        List<Runnable> starts = new ArrayList<>();
        for (Engine engine : engines) {
            for (int vmid = 100; vmid < 100 + GUESTS; vmid++) {
                int guest = vmid;
                starts.add(() -> start(engine, guest));
            }
        }
        Collections.shuffle(starts, random);
        starts.add(random.nextInt(starts.size()), lab::restart);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            starts.forEach(threads::execute);
        }
    }

    /** As a person does it whose guest is not settled yet: again, in a moment. */
    private void start(Engine engine, int vmid) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            try {
                HookEvent event = new HookEvent(vmid, HookEvent.Phase.PRE_START, "pve1", "");
                if (engine.hook(event, LONGEST) instanceof HookAnswer.Settled settled) {
                    note(settled.report());
                    return;
                }
            } catch (PeerException failure) {
                timer.pause(Duration.ofMillis(20));
            }
        }
    }

    private void note(GuestReport report) {
        report.nics()
                .forEach(nic -> told.add(new Told(
                        "pve:" + report.guest().id().toString().replace('/', ':') + ":" + nic.name(), nic.address())));
    }

    private List<LabRow> berths() {
        return lab.hosts().stream()
                .filter(row -> row.source().equals(AddressRow.SOURCE))
                .toList();
    }

    Map<String, List<LabRow>> rowsByKey() {
        return berths().stream().collect(Collectors.groupingBy(LabRow::externalKey));
    }

    List<String> openClaims() {
        return berths().stream()
                .filter(row -> row.tags().contains(AddressRow.CLAIMING))
                .map(LabRow::address)
                .toList();
    }

    List<String> addresses() {
        return lab.hosts().stream().map(LabRow::address).toList();
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** What no row says. */
    List<Told> toldOtherwise() {
        Map<String, String> rows = berths().stream()
                .collect(Collectors.toMap(
                        LabRow::externalKey,
                        row -> row.address() + "/" + LAN.prefix().length(),
                        (one, two) -> one));
        return told.stream()
                .filter(each -> !each.address().equals(rows.getOrDefault(each.key(), "")))
                .toList();
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
        clients.forEach(NipapIpam::close);
        timer.close();
        lab.close();
    }
}
