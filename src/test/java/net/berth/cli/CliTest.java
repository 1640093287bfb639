package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.berth.cli.CliBench.Result;
import net.berth.cli.view.Console;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.report.PassReport;
import net.berth.http.Reports;
import net.berth.http.json.Json;
import net.berth.http.json.PassJson;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    private final CliBench bench = new CliBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aPlanWithoutChangesExitsWithZero() {
        bench.berth.guests.add(Reports.settled());
        Result result = bench.run("plan");
        assertThat(result.out()).isEqualTo("Nothing to do.\n");
        assertThat(result.exit()).isZero();
    }

    @Test
    void aPlanWithChangesShowsThemAndExitsWithTwo() {
        bench.berth.guests.add(Reports.pending());
        Result result = bench.run("plan");
        assertThat(result.out()).isEqualTo("""
                        GUEST      NIC   SYSTEM  ACTION                       REASON
                        new (103)  net0  ipam    claim 192.168.1.22 in NIPAP  net0 has no address yet
                        """);
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void aPlanThatCannotBeMadeExitsWithOne() {
        bench.berth.fails(new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "NIPAP does not answer"));
        Result result = bench.run("plan");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("berth: NIPAP does not answer\n");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aPlanWithGapsExitsWithOneBecauseItProvesNothing() {
        bench.berth.passes(
                new PassReport(List.of(), List.of(), List.of(), List.of("node pve2 is offline"), Reports.READ));
        Result result = bench.run("plan");
        assertThat(result.out()).isEqualTo("Nothing to do.\n\nnot read: node pve2 is offline\n");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void aPlanAsJsonIsWhatTheApiAnswers() {
        bench.berth.guests.add(Reports.pending());
        Result result = bench.run("plan", "-o", "json");
        assertThat(result.out()).isEqualTo(Json.text(PassJson.plan(bench.berth.plan())) + "\n");
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void guestsAreATableWithWhatAPersonMustLookAtBelow() {
        bench.started()
                .berth
                .guests
                .addAll(List.of(
                        Reports.settled(), Reports.conflict(Reports.NAME_TAKEN), Reports.pending(), Reports.failing()));
        Result result = bench.run("guests");
        assertThat(result.out()).startsWith("""
                        VMID  NAME  NODE  STATUS   STATE     NIC   NETWORK  ADDRESS          IPAM     DHCP     DNS      GUEST
                        101   web   pve1  running  settled   net0  lan      192.168.1.20/24  ok       ok       ok       ok
                        102   web2  pve1  running  conflict  net0  lan      192.168.1.21/24  ok       ok       ok       ok
                        103   new   pve1  running  pending   net0  lan      -                missing  missing  missing  n/a
                        105   sad   pve1  running  failing

                        web2 (102) net0: NAME_TAKEN: web.home.lan belongs to home/qemu/100
                            fix: rename this guest in Proxmox
                        sad (105): failing: NIPAP does not answer

                        As of 2026-11-20 10:00 UTC,\s""");
        assertThat(result.exit()).isZero();
    }

    @Test
    void guestsAsJsonAreWhatTheApiAnswers() {
        bench.started().berth.guests.add(Reports.settled());
        assertThat(bench.run("guests", "-o", "json").out())
                .startsWith("{\"items\":[{\"id\":\"home/qemu/101\"")
                .endsWith("],\"asOf\":\"2026-11-20T10:00:00Z\"}\n");
    }

    @Test
    void noGuestsAreSaidToBeNone() {
        assertThat(bench.started().run("guests").out()).startsWith("No guests.\n\nAs of ");
    }

    @Test
    void aSyncOfOneGuestMayNameItByNumberOrName() {
        bench.started().berth.guests.add(Reports.settled());
        assertThat(bench.run("sync", "101").exit()).isZero();
        assertThat(bench.run("sync", "WEB", "--write-back").exit()).isZero();
        assertThat(bench.berth.asked).containsExactly("sync 101 real", "overview", "sync 101 real write-back");
    }

    @Test
    void aSyncOfAllShowsTheGuestsAndTheConflictsOfNone() {
        Conflict held = new Conflict(ConflictCode.RELEASE_HELD, "", "5 guests are gone at once", "berth release --all");
        bench.started()
                .berth
                .passes(new PassReport(List.of(Reports.settled()), List.of(), List.of(held), List.of(), Reports.READ));
        Result result = bench.run("sync");
        assertThat(result.out())
                .startsWith("VMID")
                .endsWith("\n\nRELEASE_HELD: 5 guests are gone at once\n    fix: berth release --all\n");
        assertThat(result.exit()).isZero();
    }

    @Test
    void aSyncThatLeavesAGuestFailingExitsWithOne() {
        bench.started().berth.guests.add(Reports.failing());
        assertThat(bench.run("sync").exit()).isEqualTo(1);
        assertThat(bench.run("sync", "105").exit()).isEqualTo(1);
    }

    @Test
    void aDryRunIsShownAndEndsLikeAPlan() {
        bench.started().berth.guests.add(Reports.pending());
        Result one = bench.run("sync", "103", "--dry-run");
        Result all = bench.run("sync", "-n");
        assertThat(one).isEqualTo(all).isEqualTo(bench.run("plan"));
        assertThat(one.exit()).isEqualTo(2);
        assertThat(bench.berth.asked).startsWith("sync 103 dry", "sync all dry");
    }

    @Test
    void anExplanationTellsWhyAndWhatWouldChange() {
        bench.started().berth.guests.add(Reports.pending());
        assertThat(bench.run("explain", "new").out()).startsWith("""
                        new, home/qemu/103, running on pve1: pending

                        net0, BC:24:11:00:00:03: no address yet in network lan
                          NIPAP  missing  it has no row yet
                          DHCP   missing  no mapping yet
                          DNS    missing  no name yet
                          guest  n/a      nothing to write; DHCP carries the address

                        Would change, in this order:
                          net0: claim 192.168.1.22 in NIPAP
                              because net0 has no address yet

                        As of 2026-11-20 10:00 UTC,\s""");
        assertThat(bench.berth.asked).containsExactly("overview", "guest 103");
    }

    @Test
    void anExplanationTellsWhatIsHeldBackAndWhy() {
        bench.started().berth.guests.add(Reports.held());
        assertThat(bench.run("explain", "104").out())
                .contains("net0, BC:24:11:00:00:01: 192.168.1.23/24 in network lan, named web.home.lan\n")
                .contains("  NIPAP  ok       its row has the address\n")
                .contains("  guest  held     already booted; address comes by DHCP\n")
                .contains("\nNothing would change.\n");
    }

    @Test
    void anExplanationTellsTheConflictAndItsFix() {
        bench.started().berth.guests.add(Reports.conflict(Reports.NAME_TAKEN));
        assertThat(bench.run("explain", "web2").out())
                .contains("\nnet0: NAME_TAKEN: web.home.lan belongs to home/qemu/100\n")
                .contains("    fix: rename this guest in Proxmox\n");
    }

    @Test
    void aGuestThatIsNotBerthsIsOnlyNamed() {
        bench.started().berth.guests.add(Reports.unmanaged());
        assertThat(bench.run("explain", "handmade").out()).startsWith("""
                        handmade, home/qemu/150, running on pve1: unmanaged
                          Not managed by Berth: it is a template, or not selected (guests.select).

                        As of\s""");
    }

    @Test
    void aGuestThatIsNotThereIsSaidSo() {
        bench.started();
        assertThat(bench.run("explain", "999").err()).isEqualTo("berth: Proxmox shows no guest 999.\n");
        assertThat(bench.run("sync", "ghost").err())
                .isEqualTo("berth: no guest is named ghost; berth guests --fresh shows all\n");
    }

    @Test
    void aNameOfTwoGuestsIsAskedBack() {
        bench.started().berth.guests.addAll(List.of(Reports.settled(), Reports.settled()));
        Result result = bench.run("sync", "web");
        assertThat(result.err()).isEqualTo("berth: 2 guests are named web: give one of the VMIDs 101, 101\n");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(bench.berth.asked).containsExactly("overview");
    }

    @Test
    void aReceiverThatDoesNotRunIsSaidSo() {
        Result result = bench.run("guests");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("berth: no receiver runs at http://127.0.0.1:1: start it (systemctl start berth, or berth"
                        + " serve), or correct server.listen\n");
    }

    @Test
    void anotherTokenIsSaidSoWithoutShowingIt() {
        Result result = bench.started().withToken("not-the-right-one").run("guests");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("restart it").doesNotContain("not-the-right-one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frobnicate", "plan --what", "plan extra", "explain", "guests -o yaml", "sync 1 2"})
    void aWrongUsageIsExplainedAndExitsWithOne(String line) {
        Result result = bench.run(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).containsAnyOf("Usage: berth", "Did you mean: berth");
        if (line.isEmpty()) {
            assertThat(result.err()).contains("doctor", "init", "serve");
        } else {
            assertThat(result.err().lines()).hasSizeLessThan(5);
        }
        assertThat(result.out()).isEmpty();
    }

    @Test
    void helpListsOnlyWhatWorks() {
        Result result = bench.run("--help");
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .contains(
                        "serve",
                        "plan",
                        "sync",
                        "release",
                        "guests",
                        "leases",
                        "explain",
                        "networks",
                        "watch",
                        "doctor");
        assertThat(bench.run("plan", "--help").out()).contains("2   changes are pending");
        assertThat(bench.run("--version").out())
                .startsWith("berth ")
                .isEqualTo(bench.run("plan", "--version").out());
    }

    @Test
    void theSettingsFileIsTheUsualOneUnlessNamed() {
        bench.run("plan");
        bench.run("plan", "--config", "other.yaml");
        assertThat(bench.configs).containsExactly(Path.of("/etc/berth/berth.yaml"), Path.of("other.yaml"));
    }

    @Test
    void colourIsForTerminalsWhosePeopleWantIt() {
        bench.started().berth.guests.add(Reports.settled());
        assertThat(bench.run(true, "guests").out()).contains("\033[32msettled\033[0m");
        assertThat(bench.run(false, "guests").out()).doesNotContain("\033");
        assertThat(Console.colour(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Console.colour(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Console.colour(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Console.colour(false, Map.of())).isFalse();
    }

    @Test
    void whatCouldSteerATerminalIsTakenOut() {
        Conflict nasty = new Conflict(ConflictCode.FOREIGN_ENTRY, "net0", "\033]0;evil\007 two\nlines", "look");
        bench.started().berth.guests.add(Reports.conflict(nasty));
        assertThat(bench.run("guests").out()).contains("FOREIGN_ENTRY: ]0;evil  two lines\n");
    }

    @Test
    void serveListensUntilItIsStopped() throws Exception {
        CompletableFuture<Thread> server = new CompletableFuture<>();
        CompletableFuture<Result> result = CompletableFuture.supplyAsync(() -> {
            server.complete(Thread.currentThread());
            return bench.run("serve", "--config", "home.yaml");
        });
        await().until(bench::listening);
        assertThat(bench.configs).containsExactly(Path.of("home.yaml"));

        server.get().interrupt();
        assertThat(result.get().exit()).isZero();
        assertThat(bench.listening()).isFalse();
    }
}
