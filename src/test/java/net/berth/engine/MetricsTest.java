package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads tells how things stand. */
class MetricsTest {
    private static final NicConfig DHCP = new NicConfig.Dhcp();
    private final ScrapedEngine berth = new ScrapedEngine();

    @AfterEach
    void stop() {
        berth.close();
    }

    @Test
    void everythingIsThereFromTheStartWithZeros() {
        assertThat(berth.scrape().lines())
                .contains(
                        "berth_guests{state=\"failing\"} 0.0",
                        "berth_conflicts{code=\"RELEASE_HELD\"} 0.0",
                        "berth_peer_up{peer=\"nipap\"} 1.0",
                        "berth_last_pass_timestamp_seconds 0.0",
                        "berth_peer_last_success_timestamp_seconds{peer=\"router\"} 0.0",
                        "berth_router_commits_total 0.0",
                        "berth_addresses{network=\"lan\",state=\"free\"} NaN");
    }

    @Test
    void guestsConflictsAndAddressesAreCountedByWhatThePassFound() {
        berth.compute.add(GuestType.QEMU, 101, "web", DHCP);
        berth.compute.add(GuestType.QEMU, 102, "web", DHCP);
        GuestId other = berth.compute.add(GuestType.LXC, 103, "other", DHCP);
        berth.compute.change(other, FakeCompute::withoutHook);
        berth.engine.sync(SyncOptions.PLAIN);

        assertThat(berth.scrape().lines())
                .contains(
                        "berth_guests{state=\"settled\"} 1.0",
                        "berth_guests{state=\"conflict\"} 1.0",
                        "berth_guests{state=\"unmanaged\"} 1.0",
                        "berth_conflicts{code=\"NAME_TAKEN\"} 1.0",
                        "berth_addresses{network=\"lan\",state=\"stopped\"} 2.0",
                        "berth_addresses{network=\"lan\",state=\"dynamic\"} 51.0",
                        "berth_pass_gaps 0.0")
                .anyMatch(line -> line.startsWith("berth_router_batch_changes_sum "));

        berth.compute.rename(new GuestId("home", GuestType.QEMU, 102), "web2");
        berth.engine.sync(SyncOptions.PLAIN);
        assertThat(berth.scrape().lines())
                .contains("berth_guests{state=\"conflict\"} 0.0", "berth_conflicts{code=\"NAME_TAKEN\"} 0.0");
    }

    @Test
    void aRunOfOneGuestIsCountedWithoutAPass() {
        berth.compute.add(GuestType.QEMU, 101, "web", DHCP);
        berth.engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));

        Awaitility.await().until(() -> berth.scrape().contains("berth_guests{state=\"settled\"} 1.0"));
    }

    @Test
    void aScrapeAsksNobody() {
        berth.compute.add(GuestType.QEMU, 101, "web", DHCP);
        berth.engine.sync(SyncOptions.PLAIN);
        List<String> before = calls();

        assertThat(before).isNotEmpty();
        assertThat(calls()).isEqualTo(before);
    }

    private List<String> calls() {
        return berth.scrape()
                .lines()
                .filter(line -> line.startsWith("berth_peer_calls_seconds_count"))
                .toList();
    }

    @Test
    void aSystemThatDoesNotAnswerIsDownAndItsCallsAreCountedAsFailed() {
        Instant before = Instant.now();
        berth.engine.sync(SyncOptions.PLAIN);
        berth.ipam.down = true;
        assertThatThrownBy(() -> berth.engine.sync(SyncOptions.PLAIN)).isInstanceOf(PeerException.class);

        String text = berth.scrape();
        assertThat(text.lines())
                .contains("berth_peer_up{peer=\"nipap\"} 0.0", "berth_peer_up{peer=\"proxmox\"} 1.0")
                .anyMatch(line -> line.startsWith(
                        "berth_peer_calls_seconds_count{operation=\"rowsIn\",outcome=\"down\",peer=\"nipap\"}"));
        assertThat(value(text, "berth_peer_last_success_timestamp_seconds{peer=\"nipap\"}"))
                .isGreaterThanOrEqualTo((double) before.getEpochSecond());
    }

    @Test
    void theEndOfTheLastFullPassIsTold() {
        Instant before = Instant.now();
        berth.engine.start();

        Awaitility.await()
                .until(() -> value(berth.scrape(), "berth_last_pass_timestamp_seconds") >= before.getEpochSecond());
    }

    private static double value(String text, String sample) {
        return text.lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
