package net.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.berth.lab.proxmox.PveOptions;
import org.awaitility.Awaitility;

/**
 * Thousands of settled guests, and storms of their starts: how many answers are wrong, how long they take, and how much
 * memory the receiver has. As a program it takes how long to go on, such as {@code PT2M}.
 */
public final class LabLoad implements AutoCloseable {
    private static final int FIRST = 100;
    /** Of each guest the config and the status are read, a few at a time. */
    private static final Duration FIRST_PASS = Duration.ofMinutes(10);

    private static final String SUBNET = "set service dhcp-server shared-network-name BIG subnet 10.10.0.0/18 ";
    private static final Map<String, String> SETTINGS = Map.of(
            "poll: 1s", "poll: 10s",
            "prefix: 192.168.1.0/24", "prefix: 10.10.0.0/18",
            "gateway: 192.168.1.1", "gateway: 10.10.0.1",
            "nameservers: [192.168.1.1]", "nameservers: [10.10.0.1]",
            "dhcp: LAN", "dhcp: BIG",
            "exclude: [192.168.1.2-192.168.1.19]", "exclude: []");

    private final int guests;
    private final int atOnce;
    private final LabHouse house = LabHouse.withoutReceiver(PveOptions.Timings.quick(), SETTINGS);
    private final Random random = new Random(1);
    private final int before;

    LabLoad(int guests, int atOnce) {
        this.guests = guests;
        this.atOnce = atOnce;
        house.nipap().addAssignment("10.10.0.0/18", "many guests");
        StringBuilder lines = new StringBuilder(
                SUBNET + "default-router 10.10.0.1\n" + SUBNET + "domain-name home.lan\n" + SUBNET + "lease 86400\n");
        for (int i = 0; i < guests; i++) {
            settled(FIRST + i, lines);
        }
        house.router().preset(lines.toString());
        before = house.nipap().writes();
    }

    /** One that Berth has put everywhere before. */
    private void settled(int vmid, StringBuilder router) {
        String address = "10.10.%d.%d".formatted(1 + vmid / 200, 1 + vmid % 200);
        String mac = "BC:24:11:00:%02X:%02X".formatted(vmid / 256, vmid % 256);
        String name = "g" + vmid;
        String net = "name=eth0,bridge=vmbr0,gw=10.10.0.1,hwaddr=" + mac + ",ip=" + address + "/18,type=veth";
        house.pve().createContainer(vmid, "pve1", Map.of("hostname", name, "net0", net, "hookscript", house.hook()));
        Map<String, ?> row = Map.of(
                "authoritative_source",
                "berth",
                "external_key",
                "pve:home:lxc:" + vmid + ":net0",
                "node",
                name,
                "description",
                name + ".home.lan",
                "status",
                "reserved",
                "tags",
                List.of("berth"),
                "avps",
                Map.of("berth-mac", mac, "berth-origin", "the lowest free address"));
        house.nipap().addHost(address, row);
        String mapping = SUBNET + "static-mapping " + name;
        router.append(mapping + " ip-address " + address + "\n");
        router.append(mapping + " mac-address " + mac.toLowerCase(Locale.ROOT) + "\n");
    }

    /** What Berth has written into the three systems. */
    List<String> writes() {
        List<String> writes = new ArrayList<>(
                house.nipap().changes().subList(before, house.nipap().changes().size()));
        house.pve().writes().forEach(call -> writes.add(call.toString()));
        if (house.router().counters().commits() > 0) {
            writes.add(house.router().counters().commits() + " commits");
        }
        return writes;
    }

    /**
     * What came of a storm, or of many.
     *
     * @param millis how long each answer took, sorted
     * @param wrong answers that were not "settled"
     * @param residentMegabytes the receiver's memory afterwards
     */
    record Result(List<Long> millis, List<String> wrong, long residentMegabytes) {
        long percentile(int percent) {
            return millis.get(Math.min(millis.size() - 1, millis.size() * percent / 100));
        }
    }

    /** Starts the receiver and waits for its first full pass. */
    void begin() {
        house.startReceiver();
        Awaitility.await("the first full pass")
                .atMost(FIRST_PASS)
                .until(() -> !house.api().health().path("lastPass").asText("").isEmpty());
    }

    /** So many different guests start at the same moment. */
    Result storm() throws Exception {
        List<Integer> vmids = random.ints(FIRST, FIRST + guests)
                .distinct()
                .limit(atOnce)
                .boxed()
                .toList();
        List<Future<Long>> calls = new ArrayList<>();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            vmids.forEach(vmid -> calls.add(nodes.submit(() -> timed(vmid, wrong))));
        }
        List<Long> millis = new ArrayList<>();
        for (Future<Long> call : calls) {
            millis.add(call.get());
        }
        Collections.sort(millis);
        return new Result(List.copyOf(millis), List.copyOf(wrong), residentMegabytes());
    }

    private long timed(int vmid, List<String> wrong) {
        long began = System.nanoTime();
        LoneHook.Answer answer = LoneHook.send(house.port(), vmid, "pre-start");
        if (answer.status() != 200) {
            wrong.add(vmid + ": " + answer.text());
        }
        return (System.nanoTime() - began) / 1_000_000;
    }

    private long residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + house.receiverPid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long processors have worked: for the receiver, and for the stand-ins with the callers. */
    private record Cpu(Duration receiver, Duration others) {
        Cpu since(Cpu before) {
            return new Cpu(receiver.minus(before.receiver), others.minus(before.others));
        }
    }

    private Cpu cpu() {
        return new Cpu(cpu(ProcessHandle.of(house.receiverPid()).orElseThrow()), cpu(ProcessHandle.current()));
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        house.close();
    }

    /** Runs it, with a line for about each tenth of the time. */
    public static void main(String[] args) throws Exception {
        Duration length = Duration.parse(args[0]);
        int wrong = 0;
        try (LabLoad load = new LabLoad(5_000, 250)) {
            long start = System.nanoTime();
            load.begin();
            System.out.printf(
                    "first full pass over 5000 guests after %d ms, %d MB%n",
                    (System.nanoTime() - start) / 1_000_000, load.residentMegabytes());
            System.out.println(
                    "  SECONDS   STORMS    HOOKS   ERRORS   p50 ms   p99 ms   max ms   RSS MB   CPU ms for a hook: receiver, all else");
            long begin = System.nanoTime();
            Cpu first = load.cpu();
            Cpu before = first;
            List<Result> whole = new ArrayList<>();
            List<Result> part = new ArrayList<>();
            for (long told = 1; System.nanoTime() - begin < length.toNanos(); ) {
                Result result = load.storm();
                part.add(result);
                whole.add(result);
                wrong += result.wrong().size();
                result.wrong().stream().limit(3).forEach(System.out::println);
                if (System.nanoTime() - begin > told * length.toNanos() / 10) {
                    Cpu now = load.cpu();
                    tell("" + (System.nanoTime() - begin) / 1_000_000_000, part, now.since(before));
                    before = now;
                    part.clear();
                    told++;
                }
            }
            tell("in all", whole, load.cpu().since(first));
            System.out.println("writes into the three systems: " + load.writes().size());
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static void tell(String when, List<Result> part, Cpu cpu) {
        List<Long> all = part.stream()
                .flatMap(result -> result.millis().stream())
                .sorted()
                .toList();
        List<String> wrong =
                part.stream().flatMap(result -> result.wrong().stream()).toList();
        Result sum = new Result(all, wrong, part.getLast().residentMegabytes());
        System.out.printf(
                "%9s%9d%9d%9d%9d%9d%9d%9d%30.2f%10.2f%n",
                when,
                part.size(),
                all.size(),
                wrong.size(),
                sum.percentile(50),
                sum.percentile(99),
                all.getLast(),
                sum.residentMegabytes(),
                cpu.receiver().toNanos() / 1e6 / all.size(),
                cpu.others().toNanos() / 1e6 / all.size());
    }
}
