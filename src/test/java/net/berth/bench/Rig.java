package net.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import net.berth.lab.LabHouse;
import net.berth.lab.LoneHook;
import net.berth.lab.proxmox.Faults;
import net.berth.lab.proxmox.PveOptions;
import org.awaitility.Awaitility;

/** A house with its guests, the receiver as packaged, and the floor's own clients. */
final class Rig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Faults.Standing FAST = () -> {};

    final LabHouse house;
    final Population guests;
    final Floor floor;
    private Faults.Standing latency = FAST;
    private Program receiver;

    private Rig(Duration poll) {
        house = LabHouse.withoutReceiver(
                PveOptions.Timings.quick(),
                Map.of(
                        "poll: 1s", "poll: " + poll.toSeconds() + "s",
                        "prefix: 192.168.1.0/24", "prefix: " + Population.PREFIX,
                        "gateway: 192.168.1.1", "gateway: " + Population.GATEWAY,
                        "nameservers: [192.168.1.1]", "nameservers: [" + Population.GATEWAY + "]",
                        "dhcp: LAN", "dhcp: " + Population.NETWORK,
                        "exclude: [192.168.1.2-192.168.1.19]", "exclude: []"));
        guests = new Population(house);
        floor = new Floor(house.config());
    }

    /** With so many settled guests; the receiver does not run yet. */
    static Rig settled(int count, Duration poll) {
        Rig rig = new Rig(poll);
        rig.guests.settle(count);
        return rig;
    }

    /** Starts the receiver and waits for its first pass. */
    Program begin() {
        receiver = Program.serve(house.config(), house.port(), house.folder().resolve("receiver.log"));
        awaitPass();
        return receiver;
    }

    /** As {@link #begin()}, and all guests must be settled by it. */
    Program beginSettled() {
        Program started = begin();
        awaitSettled();
        return started;
    }

    private void awaitPass() {
        Awaitility.await("the first full pass")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !house.api().health().path("lastPass").asText("").isEmpty());
    }

    Program receiver() {
        return receiver;
    }

    /** Waits until every guest is settled. */
    void awaitSettled() {
        Awaitility.await("all guests settled")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    for (JsonNode guest : house.api().get("/v1/guests").path("items")) {
                        if (!guest.path("state").asText().equals("settled")) {
                            throw new AssertionError("not settled: " + guest);
                        }
                    }
                });
    }

    /** Waits until this guest is settled, its config too. */
    void awaitSettled(int vmid) {
        Awaitility.await(vmid + " settled")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> house.api()
                        .get("/v1/guests/" + vmid)
                        .path("state")
                        .asText()
                        .equals("settled"));
    }

    /** A start of this guest as the node's hookscript reports it, until the answer; it must be settled by then. */
    void start(int vmid) {
        if (!settles(vmid)) {
            throw new IllegalStateException(vmid + " is not settled within its wait");
        }
    }

    /** As {@link #start}; answers whether the guest was settled within the hookscript's wait. */
    boolean settles(int vmid) {
        LoneHook.Answer answer = LoneHook.send(house.port(), vmid, "pre-start");
        if (answer.status() != 200 && answer.status() != 202) {
            throw new IllegalStateException(vmid + " is answered: " + answer.text());
        }
        return answer.status() == 200;
    }

    /** From now on each call takes so much longer. */
    void latency(Duration proxmox, Duration nipap) {
        latency.close();
        latency = proxmox.isZero() ? FAST : house.pve().faults().slow(call -> true, proxmox);
        house.nipap().latency(nipap);
    }

    @Override
    public void close() {
        if (receiver != null) {
            receiver.close();
        }
        floor.close();
        house.close();
    }
}
