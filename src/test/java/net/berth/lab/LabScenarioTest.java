package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.berth.lab.edgeos.Options;
import net.berth.lab.nipap.LabRow;
import net.berth.lab.proxmox.LabTask;
import net.berth.lab.proxmox.PveOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job in a whole home: real receiver, real hookscript, stand-ins with the real ones' bad habits. */
class LabScenarioTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** As in the lab, but guests boot only after a while, so that what comes right after post-start comes in time. */
    private static final PveOptions.Timings TIMINGS = new PveOptions.Timings(
            Duration.ofSeconds(10), Duration.ofMillis(1500), Duration.ofMillis(500), Duration.ofMillis(20));
    /** Only hooks and requests move anything: what a poll would do is not what these tests are about. */
    private static final Map<String, String> NO_POLL = Map.of("poll: 1s", "poll: 1h");

    private LabHouse house;

    @BeforeEach
    void open() {
        house = LabHouse.open(TIMINGS, NO_POLL).afterFirstPass();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void container(int vmid, String name) {
        new LabGuests(house).container(vmid, name);
    }

    private void vm(int vmid, String name) {
        new LabGuests(house).vm(vmid, name);
    }

    private void start(int vmid) {
        LabTask task = house.pve().start(vmid);
        assertThat(task.exitStatus()).as(() -> String.join("\n", task.log())).isEqualTo("OK");
    }

    private void settles(int vmid) {
        await("guest " + vmid + " agrees everywhere").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        LabGuestView.of(house, vmid).problems())
                .isEmpty());
    }

    private String foreignRows() {
        return house.nipap().dump(row -> !row.source().equals("berth"));
    }

    @Test
    void firstStartOfAVmComesUpByDhcpWithTheAddressThatNipapHolds() {
        vm(101, "web");
        start(101);
        settles(101);
        assertThat(house.pve().machine(101).addresses()).containsEntry("net0", "192.168.1.20");
        assertThat(house.router().names()).containsEntry("web.home.lan", List.of("192.168.1.20"));
    }

    @Test
    void containerGetsItsAddressLiveAndKeepsEveryOtherToken() {
        container(201, "files");
        String mac = house.pve().config(201, "net0").replaceAll(".*hwaddr=([^,]*).*", "$1");
        start(201);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(house.pve().config(201, "net0"))
                .contains("ip=192.168.1.20/24", "gw=192.168.1.1", "hwaddr=" + mac));
        settles(201);
        assertThat(house.pve().replugs(201)).isZero();
    }

    @Test
    void settledRestartCostsNoCommitAndNoNewRow() {
        container(201, "files");
        start(201);
        settles(201);
        int commits = house.router().counters().commits();
        int adds = house.nipap().calls("add_prefix");
        house.pve().stop(201);
        settles(201);
        start(201);
        settles(201);
        assertThat(house.router().counters().commits()).isEqualTo(commits);
        assertThat(house.nipap().calls("add_prefix")).isEqualTo(adds);
    }

    @Test
    void stopKeepsRowMappingAndName() {
        container(201, "files");
        start(201);
        settles(201);
        house.pve().stop(201);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(house.nipap().hosts())
                .extracting(LabRow::status)
                .containsExactly("reserved"));
        settles(201);
    }

    @Test
    void aStopAndAStartAreOneSmallWriteEachAndNoneWhileTheStartWaits() {
        container(201, "files");
        start(201);
        settles(201);
        await().atMost(PATIENCE).until(() -> house.pve().config(201, "net0").contains("ip=192.168.1.20/24"));
        int before = house.nipap().writes();
        for (int i = 0; i < 2; i++) {
            house.pve().stop(201);
            settles(201);
            int stopped = house.nipap().writes();
            assertThat(house.api().hook(201, "pre-start").statusCode()).isEqualTo(200);
            assertThat(house.nipap().writes()).isEqualTo(stopped);
            start(201);
            settles(201);
        }
        house.api().post("/v1/sync");
        assertThat(house.nipap().changes().subList(before, house.nipap().writes()))
                .containsExactly(
                        "UPDATE 192.168.1.20/32",
                        "UPDATE 192.168.1.20/32",
                        "UPDATE 192.168.1.20/32",
                        "UPDATE 192.168.1.20/32");
    }

    @Test
    void whatIsNotBerthsStaysByteForByte() {
        house.nipap().addHost("192.168.1.20", Map.of("node", "printer2", "description", "by hand"));
        house.pve().createContainer(300, "pve1", Map.of("hostname", "other", "net0", "name=eth0,bridge=vmbr0,ip=dhcp"));
        String rows = foreignRows();
        String router = house.router().dump();
        Map<String, String> configs = house.pve().dump();
        start(300);
        assertThat(house.api().hook(300, "pre-start").statusCode()).isEqualTo(204);
        container(201, "files");
        start(201);
        settles(201);
        assertThat(foreignRows()).isEqualTo(rows);
        assertThat(house.router().dump().lines().toList())
                .containsAll(router.lines().toList());
        assertThat(house.pve().dump()).containsAllEntriesOf(configs);
        assertThat(house.router().savedDump()).isEqualTo(house.router().dump());
    }

    @Test
    void resyncByCurlMendsWhatAPersonBroke() {
        container(201, "files");
        start(201);
        settles(201);
        house.router()
                .admin("delete service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping files");
        JsonNode drift = house.api().get("/v1/guests/201?fresh=true");
        assertThat(drift.at("/nics/0/dhcp").asText()).isEqualTo("missing");
        JsonNode answer = house.api().post("/v1/guests/201/sync");
        assertThat(answer.at("/state").asText()).isEqualTo("settled");
        assertThat(answer.at("/nics/0/dhcp").asText()).isEqualTo("ok");
        settles(201);
    }

    @Test
    void dryRunShowsThePlanAndWritesNothing() {
        container(201, "files");
        String router = house.router().dump();
        int rows = house.nipap().writes();
        JsonNode plan = house.api().post("/v1/sync?dry-run=true");
        assertThat(plan.at("/items")).isNotEmpty();
        assertThat(plan.toString()).contains("192.168.1.20");
        assertThat(house.nipap().writes()).isEqualTo(rows);
        assertThat(house.router().dump()).isEqualTo(router);
        assertThat(house.pve().writes()).isEmpty();
    }

    @Test
    void startWithTheReceiverDownIsDelayedByLessThanTwoSeconds() {
        house.pve().createContainer(300, "pve1", Map.of("hostname", "other", "net0", "name=eth0,bridge=vmbr0,ip=dhcp"));
        container(201, "files");
        house.killReceiver();
        Duration withoutHook = timed(() -> start(300));
        Duration withHook = timed(() -> start(201));
        assertThat(withHook.minus(withoutHook)).isLessThan(Duration.ofSeconds(2));
        house.startReceiver();
        house.api().post("/v1/sync");
        settles(201);
    }

    private static Duration timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void hostileNamesReachNoSystemAsTheyStand() {
        container(201, "files");
        house.pve().editFile(201, "hostname", "x'; delete system; $(reboot) \"é");
        house.pve().editFile(201, "description", "'\"\n`reboot`");
        String before = house.router().dump();
        start(201);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(house.router().names())
                .containsEntry("ct201.home.lan", List.of("192.168.1.20")));
        assertThat(house.router().dump().lines().toList())
                .containsAll(before.lines().toList());
        assertThat(house.router().dump()).doesNotContain("reboot", "delete");
        assertThat(house.nipap().hosts()).extracting(LabRow::description).containsExactly("ct201.home.lan");
    }

    @Test
    void hookWithoutAGoodSignatureLeavesNoTrace() {
        container(201, "files");
        String body = LabApi.event(201, "pre-start");
        String id = UUID.randomUUID().toString();
        String secret = LabSettings.HOOK_SECRET;
        int calls = house.pve().calls().size();
        int rows = house.nipap().writes();
        HttpResponse<String> unsigned = house.api().unsignedHook(201, "pre-start");
        HttpResponse<String> stale = house.api().hook(body, id, Instant.now().minusSeconds(600), secret);
        HttpResponse<String> forged = house.api().hook(body, id, Instant.now(), "whsec_" + "A".repeat(40));
        HttpResponse<String> large = house.api().hook(body + " ".repeat(1 << 20), id, Instant.now(), secret);
        assertThat(unsigned.statusCode()).isEqualTo(401);
        assertThat(stale.statusCode()).isEqualTo(401);
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(unsigned.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(house.nipap().writes()).isEqualTo(rows);
        assertThat(house.pve().calls()).hasSize(calls);
        assertThat(house.api().hook(body, id, Instant.now(), secret).statusCode())
                .isEqualTo(200);
        assertThat(house.api().hook(body, id, Instant.now(), secret).statusCode())
                .as("replayed")
                .isEqualTo(401);
    }

    @Test
    void replyLostAfterTheInsertGivesNoSecondRow() {
        container(201, "files");
        house.nipap().mishaps().loseReply("add_prefix");
        start(201);
        settles(201);
        assertThat(house.nipap().hosts()).hasSize(1);
    }

    @Test
    void commitThatIsLockedOutIsRetried() {
        container(201, "files");
        house.router().faults().lockNextCommits(2);
        start(201);
        settles(201);
        assertThat(house.receiverLog()).doesNotContain("ERROR");
    }

    @Test
    void commitThatFailsIsReportedInTheRoutersWordsAndRetried() {
        container(201, "files");
        house.router().faults().refuseNode("files", "the daemon does not like it");
        start(201);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(house.api().get("/v1/conflicts").toString())
                        .contains("ROUTER_REFUSED", "the daemon does not like it"));
        house.router().faults().refuseNothing();
        house.api().post("/v1/guests/201/sync");
        settles(201);
        assertThat(house.api().get("/v1/conflicts").at("/items")).isEmpty();
    }

    @Test
    void secretsAreInNoLog() {
        container(201, "files");
        start(201);
        settles(201);
        assertThat(house.receiverLog())
                .doesNotContain(house.pve().tokenSecret())
                .doesNotContain(Options.PASSWORD)
                .doesNotContain(LabSettings.API_TOKEN)
                .doesNotContain(LabSettings.HOOK_SECRET.substring(6));
    }
}
