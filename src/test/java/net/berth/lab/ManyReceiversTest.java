package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.lab.nipap.LabRow;
import org.junit.jupiter.api.Test;

/**
 * Three receivers on one NIPAP and one router. Each guest's hooks go to whichever comes first in an order that changes
 * all the time, and one receiver after the other is killed and started again meanwhile.
 */
class ManyReceiversTest {
    private static final int RECEIVERS = 3;
    private static final int KILLS = 4;
    private static final int FIRST = 101;
    private static final int GUESTS = 32;
    /** As many tasks as a person with a mouse or a small script has under way. */
    private static final int TASKS_AT_ONCE = 6;

    private static final long SEED = 7;
    private static final Map<String, String> SETTINGS = Map.of("release-limit: 3", "release-limit: 40");

    private final LabFleet fleet = new LabFleet(RECEIVERS, SETTINGS, SEED);
    private final LabHouse house = fleet.house();
    private final Set<Integer> destroyed = new ConcurrentSkipListSet<>();

    @Test
    void anyNumberOfReceiversSideBySideEndInOneStateWithNothingDoubledOrLeaked() throws Exception {
        try (fleet) {
            house.nipap().addHost("192.168.1.21", Map.of("node", "console", "description", "by hand"));
            house.router().admin("set system static-host-mapping host-name tv.home.lan inet 192.168.1.22");
            fleet.start();
            String rowsOfPeople = house.nipap().dump(ManyReceiversTest::isOfPeople);
            List<String> routerBefore = house.router().dump().lines().toList();

            live();

            await("all systems agree").atMost(LabLives.PATIENCE).untilAsserted(() -> assertThat(problems())
                    .isEmpty());
            assertThat(house.nipap().dump(ManyReceiversTest::isOfPeople)).isEqualTo(rowsOfPeople);
            assertThat(foreignLines()).isEqualTo(routerBefore);
            for (int i = 0; i < RECEIVERS; i++) {
                seesAllSettled(i);
                assertThat(fleet.log(i)).as("log of receiver " + i).doesNotContain(" ERROR ");
            }
            assertThat(house.router().openSessions()).isEmpty();
        }
    }

    /** All guests' lives, some at a time, while the receivers fall and rise. */
    private void live() throws Exception {
        List<Integer> vmids =
                new ArrayList<>(IntStream.range(FIRST, FIRST + GUESTS).boxed().toList());
        Collections.shuffle(vmids, new Random(SEED));
        try (ExecutorService people = Executors.newFixedThreadPool(TASKS_AT_ONCE + 1)) {
            List<Future<?>> work = new ArrayList<>();
            work.add(people.submit(
                    () -> IntStream.range(0, KILLS).forEach(kill -> fleet.killAndRestart(kill % RECEIVERS))));
            vmids.forEach(vmid -> work.add(people.submit(() -> life(vmid))));
            for (Future<?> each : work) {
                each.get();
            }
        }
    }

    /** Which life a guest has follows from its number, so that each kind occurs in each run. */
    private void life(int vmid) {
        create(vmid);
        start(vmid);
        switch (vmid % 4) {
            case 0 -> {
                stop(vmid);
                start(vmid);
            }
            case 1 -> {
                house.pve().set(vmid, Map.of(isContainer(vmid) ? "hostname" : "name", "shop-" + vmid));
                stop(vmid);
            }
            case 2 -> {
                stop(vmid);
                LabLives.succeeded(house.pve().destroy(vmid));
                destroyed.add(vmid);
            }
            default -> house.pve().powerOff(vmid);
        }
    }

    private static boolean isContainer(int vmid) {
        return vmid % 5 == 0;
    }

    private void create(int vmid) {
        Map<String, String> config = new TreeMap<>(Map.of("hookscript", house.hook()));
        if (isContainer(vmid)) {
            config.putAll(Map.of("hostname", "guest-" + vmid, "net0", "name=eth0,bridge=vmbr0,ip=dhcp"));
            house.pve().createContainer(vmid, "pve1", config);
        } else {
            config.putAll(Map.of("name", "guest-" + vmid, "net0", "virtio,bridge=vmbr0", "ipconfig0", "ip=dhcp"));
            config.put("ide2", "local:vm-" + vmid + "-cloudinit,media=cdrom");
            house.pve().createVm(vmid, "pve1", config);
        }
    }

    private void start(int vmid) {
        fleet.shuffleUrls();
        LabLives.succeeded(house.pve().start(vmid));
    }

    private void stop(int vmid) {
        fleet.shuffleUrls();
        LabLives.succeeded(house.pve().stop(vmid));
    }

    private static boolean isOfPeople(LabRow row) {
        return !row.source().equals("berth");
    }

    private List<String> foreignLines() {
        return house.router()
                .dump()
                .lines()
                .filter(line -> !line.matches(".* (?:guest|shop)-\\d+(?:\\.home\\.lan)?(?: .*)?"))
                .toList();
    }

    /** What keeps the house from rest; guest by guest, then rows, then mappings. */
    private List<String> problems() {
        List<String> problems = house.view().problems().stream()
                // It came up while the receiver that its hook had reached was killed, and its DHCP client asks again.
                .filter(problem -> !problem.contains("it is up with \"no address\""))
                .collect(Collectors.toCollection(ArrayList::new));
        List<LabRow> rows = house.nipap().hosts();
        rows.stream()
                .collect(Collectors.groupingBy(LabRow::address))
                .forEach((address, all) -> expectOne(problems, address, all.size()));
        List<LabRow> ours = rows.stream().filter(row -> !isOfPeople(row)).toList();
        ours.stream()
                .collect(Collectors.groupingBy(LabRow::externalKey))
                .forEach((key, all) -> expectOne(problems, key, all.size()));
        if (ours.size() != GUESTS - destroyed.size()) {
            problems.add(ours.size() + " rows for " + (GUESTS - destroyed.size()) + " NICs");
        }
        Set<String> addresses = ours.stream().map(LabRow::address).collect(Collectors.toSet());
        house.router().mappings().stream()
                .filter(line -> !line.contains(" printer "))
                .filter(line -> !addresses.contains(line.split(" ", -1)[3]))
                .forEach(line -> problems.add("no row for the mapping " + line));
        return problems;
    }

    private static void expectOne(List<String> problems, String what, int found) {
        if (found != 1) {
            problems.add(found + " rows for " + what);
        }
    }

    private void seesAllSettled(int receiver) {
        try (LabApi api = fleet.api(receiver)) {
            await("receiver " + receiver + " sees all guests settled")
                    .atMost(LabLives.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(api.get("/v1/guests?fresh=true").path("items"))
                                    .hasSize(GUESTS - destroyed.size())
                                    .extracting(guest -> guest.path("state").asText())
                                    .containsOnly("settled"));
            JsonNode conflicts = api.get("/v1/conflicts").path("items");
            assertThat(conflicts).as("conflicts").isEmpty();
            // A row's note that its guest runs follows when a receiver has seen it run, some seconds after its start.
            await("receiver " + receiver + " has nothing left to do")
                    .atMost(LabLives.PATIENCE)
                    .untilAsserted(() -> {
                        JsonNode plan = api.get("/v1/plan");
                        assertThat(plan.path("pending"))
                                .as("something is left to do: " + plan)
                                .isEqualTo(BooleanNode.FALSE);
                        assertThat(plan.path("gaps")).isEmpty();
                    });
        }
    }
}
