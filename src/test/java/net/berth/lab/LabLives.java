package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.LabTask;
import net.berth.lab.proxmox.PveLab;
import net.berth.lab.proxmox.PveOptions;

/** A house for tests of whole lives: makes guests, lets them live, and tells what is left of them. */
final class LabLives implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PveOptions.Timings TIMINGS = new PveOptions.Timings(
            Duration.ofSeconds(10), Duration.ofMillis(1500), Duration.ofMillis(500), Duration.ofMillis(20));

    private final LabHouse house;

    LabLives(Map<String, String> settings) {
        this(settings, Duration.ZERO);
    }

    LabLives(Map<String, String> settings, Duration nodesAhead) {
        house = LabHouse.open(TIMINGS, settings, nodesAhead).afterFirstPass();
    }

    /** A house with a second network, VLAN 20, in which nothing is released while a test looks. */
    static LabLives withDmz() {
        LabLives lives = new LabLives(Map.of("release-after: 3s", "release-after: 10m", "networks:\n", """
            networks:
              - name: dmz
                bridge: vmbr0
                vlan: 20
                prefix: 10.0.20.0/24
                gateway: 10.0.20.1
                domain: dmz.lan
            """));
        lives.house().nipap().addAssignment("10.0.20.0/24", "DMZ");
        return lives;
    }

    LabHouse house() {
        return house;
    }

    PveLab pve() {
        return house.pve();
    }

    /** A VM with a cloud-init drive and the hookscript, by DHCP unless {@code more} says otherwise. */
    void vm(int vmid, String name, Map<String, String> more) {
        Map<String, String> config = new TreeMap<>(new LabGuests(house).vmConfig(vmid, name));
        config.putAll(more);
        pve().createVm(vmid, "pve1", config);
    }

    /** The same without the hookscript. */
    void vmWithoutHook(int vmid, String name) {
        Map<String, String> config = new TreeMap<>(new LabGuests(house).vmConfig(vmid, name));
        config.remove("hookscript");
        pve().createVm(vmid, "pve1", config);
    }

    void container(int vmid, String name, String net) {
        pve().createContainer(vmid, "pve1", Map.of("hostname", name, "net0", net, "hookscript", house.hook()));
    }

    /** A VM that has started once and agrees everywhere. */
    void runningVm(int vmid, String name) {
        vm(vmid, name, Map.of());
        start(vmid);
        settles(vmid);
    }

    /** A container that runs and agrees everywhere. */
    void runningContainer(int vmid, String name) {
        new LabGuests(house).container(vmid, name);
        start(vmid);
        settles(vmid);
        await().atMost(PATIENCE).until(() -> pve().config(vmid, "net0").contains("ip=192."));
    }

    /** Does the same with several guests at the same time. */
    static void atOnce(List<Integer> vmids, IntConsumer what) {
        CompletableFuture.allOf(vmids.stream()
                        .map(vmid -> CompletableFuture.runAsync(() -> what.accept(vmid), task -> Thread.ofVirtual()
                                .start(task)))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    void start(int vmid) {
        succeeded(pve().start(vmid));
    }

    void stop(int vmid) {
        succeeded(pve().stop(vmid));
        settles(vmid);
    }

    static void succeeded(LabTask task) {
        assertThat(task.exitStatus()).as(() -> String.join("\n", task.log())).isEqualTo("OK");
    }

    /** All systems agree about a guest's first NIC. */
    void settles(int vmid) {
        await("guest " + vmid + " agrees everywhere").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        LabGuestView.of(house, vmid).problems())
                .isEmpty());
    }

    /** NIPAP's row for a NIC. */
    Optional<LabRow> row(int vmid, String nic) {
        return house.nipap().hosts().stream()
                .filter(row -> row.externalKey().matches("pve:home:(?:qemu|lxc):" + vmid + ":" + nic))
                .filter(row -> !row.status().equals("quarantine"))
                .findFirst();
    }

    String address(int vmid) {
        return row(vmid, "net0").map(LabRow::address).orElse("");
    }

    /** Waits until the machine has come up with the guest's address. */
    void comesUp(int vmid) {
        await("machine " + vmid + " has the address of its guest")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(up(vmid)).isEqualTo(address(vmid)));
    }

    /** Waits until the row notes a status, which follows the start or stop in the background. */
    void notes(int vmid, String status) {
        await("the row of guest " + vmid + " notes " + status)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(vmid)).isEqualTo(status));
    }

    String status(int vmid) {
        return row(vmid, "net0").map(LabRow::status).orElse("");
    }

    void awaitStatus(int vmid, String status) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(vmid)).isEqualTo(status));
    }

    /** The address that the router maps a MAC to; empty when it maps none. */
    String mapped(String mac) {
        return house.router().mappings().stream()
                .map(line -> List.of(line.split(" ", -1)))
                .filter(parts -> parts.get(2).equals(mac.toLowerCase(Locale.ROOT)))
                .map(parts -> parts.get(3))
                .findFirst()
                .orElse("");
    }

    String mac(int vmid, String nic) {
        return pve().config(vmid, nic).replaceAll(".*?((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}).*", "$1");
    }

    String up(int vmid) {
        return pve().machine(vmid).addresses().getOrDefault("net0", "");
    }

    /** The guest as the systems hold it now. */
    JsonNode shown(int vmid) {
        return house.api().get("/v1/guests/" + vmid + "?fresh=true");
    }

    /** Everything that Berth may write to, but for running or stopped. */
    Marks marks() {
        return new Marks(
                house.nipap().dump(row -> true).replaceAll("\\b(?:assigned|reserved)\\b", "-"),
                house.router().dump(),
                pve().writes().size());
    }

    /**
     * What must not change.
     *
     * @param nipap all rows
     * @param router its config
     * @param writes writes into guests
     */
    record Marks(String nipap, String router, int writes) {}

    @Override
    public void close() {
        house.close();
    }
}
