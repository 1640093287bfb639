package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private static final Conflict HELD =
            new Conflict(ConflictCode.RELEASE_HELD, "", "5 guests are gone at once", "berth release --all");
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aGuestIsWordedExactlyAsPromised() {
        GuestReport settled = Reports.settled();
        bench.berth.guests.add(new GuestReport(
                settled.guest(),
                settled.state(),
                settled.nics(),
                List.of(Reports.NAME_TAKEN),
                List.of(),
                "",
                Reports.READ));
        assertThat(bench.get("/v1/guests/101").body())
                .isEqualTo(
                        "{\"id\":\"home/qemu/101\",\"vmid\":101,\"type\":\"qemu\",\"name\":\"web\",\"node\":\"pve1\","
                                + "\"status\":\"running\",\"state\":\"settled\",\"nics\":[{\"name\":\"net0\","
                                + "\"mac\":\"BC:24:11:00:00:01\",\"network\":\"lan\",\"address\":\"192.168.1.20/24\","
                                + "\"gateway\":\"192.168.1.1\",\"fqdn\":\"web.home.lan\",\"ipam\":\"ok\",\"dhcp\":\"ok\","
                                + "\"dns\":\"ok\",\"guest\":\"ok\"}],\"conflicts\":[{\"code\":\"NAME_TAKEN\",\"nic\":\"net0\","
                                + "\"message\":\"web.home.lan belongs to home/qemu/100\","
                                + "\"fix\":\"rename this guest in Proxmox\"}],\"asOf\":\"2026-11-20T10:00:00Z\"}");
    }

    @Test
    void whatIsHeldBackSaysWhy() {
        bench.berth.guests.add(Reports.held());
        assertThat(bench.get("/v1/guests/104").body())
                .contains("\"guest\":\"held\",\"note\":\"already booted; address comes by DHCP\"}");
    }

    @Test
    void anAddressThatIsNotThereIsNull() {
        bench.berth.guests.add(Reports.pending());
        assertThat(bench.get("/v1/guests/103").body())
                .contains("\"address\":null", "\"fqdn\":null", "\"ipam\":\"missing\"", "\"guest\":\"n/a\"");
    }

    @Test
    void guestsAreAListOfItems() {
        assertThat(bench.get("/v1/guests").body()).isEqualTo("{\"items\":[],\"asOf\":\"2026-11-20T10:00:00Z\"}");
        bench.berth.guests.add(Reports.settled());
        bench.berth.guests.add(Reports.pending());
        assertThat(bench.get("/v1/guests").body())
                .startsWith("{\"items\":[{\"id\":\"home/qemu/101\"")
                .contains("{\"id\":\"home/qemu/103\"");
    }

    @Test
    void aPlanSaysForEachChangeWhoseWhereWhatAndWhy() {
        bench.berth.guests.add(Reports.pending());
        assertThat(bench.get("/v1/plan").body())
                .isEqualTo("{\"items\":[{\"guest\":\"home/qemu/103\",\"name\":\"new\",\"nic\":\"net0\","
                        + "\"system\":\"ipam\",\"stage\":\"intent\",\"action\":\"claim 192.168.1.22 in NIPAP\","
                        + "\"reason\":\"net0 has no address yet\"}],\"pending\":true,\"conflicts\":[],\"gaps\":[]}");
    }

    @Test
    void aPlanTellsWhatCouldNotBeRead() {
        bench.berth.passes(new PassReport(
                List.of(Reports.failing()), List.of(), List.of(), List.of("node pve2 is offline"), Reports.READ));
        assertThat(bench.get("/v1/plan").body())
                .isEqualTo("{\"items\":[],\"pending\":false,\"conflicts\":[],\"gaps\":[\"node pve2 is offline\","
                        + "\"sad (home/qemu/105): NIPAP does not answer\"]}");
    }

    @Test
    void conflictsNameTheirGuestWhenTheyHaveOne() {
        bench.berth.passes(new PassReport(
                List.of(Reports.settled(), Reports.conflict(Reports.NAME_TAKEN)),
                List.of(),
                List.of(HELD),
                List.of(),
                Reports.READ));
        assertThat(bench.get("/v1/conflicts").body())
                .isEqualTo("{\"items\":[{\"guest\":\"home/qemu/102\",\"name\":\"web2\",\"code\":\"NAME_TAKEN\","
                        + "\"nic\":\"net0\",\"message\":\"web.home.lan belongs to home/qemu/100\","
                        + "\"fix\":\"rename this guest in Proxmox\"},{\"guest\":null,\"name\":null,"
                        + "\"code\":\"RELEASE_HELD\",\"nic\":null,\"message\":\"5 guests are gone at once\","
                        + "\"fix\":\"berth release --all\"}],\"gaps\":[],\"asOf\":\"2026-11-20T10:00:00Z\"}");
    }

    @Test
    void aSyncOfOneGuestAnswersTheGuest() {
        bench.berth.guests.add(Reports.settled());
        HttpResponse<String> answer = bench.post("/v1/guests/101/sync");
        assertThat(answer.body()).isEqualTo(bench.get("/v1/guests/101").body());
        assertThat(bench.berth.asked).startsWith("sync 101 real");
    }

    @Test
    void aSyncOfAllAnswersTheGuestsAndWhatIsLeft() {
        bench.berth.guests.add(Reports.settled());
        assertThat(bench.post("/v1/sync").body())
                .startsWith("{\"items\":[{\"id\":\"home/qemu/101\"")
                .endsWith("],\"releases\":[],\"conflicts\":[],\"gaps\":[]}");
        assertThat(bench.berth.asked).containsExactly("sync all real");
    }

    @Test
    void aDryRunAnswersThePlan() {
        bench.berth.guests.add(Reports.pending());
        String one = bench.post("/v1/guests/103/sync?dry-run=true").body();
        String all = bench.post("/v1/sync?dry-run=true").body();
        assertThat(one).isEqualTo(bench.get("/v1/plan").body()).isEqualTo(all);
        assertThat(bench.berth.asked).startsWith("sync 103 dry", "sync all dry");
    }

    @Test
    void writeBackIsPassedOn() {
        bench.berth.guests.add(Reports.settled());
        bench.post("/v1/guests/101/sync?write-back=true");
        bench.post("/v1/sync?dry-run=false&write-back=true");
        assertThat(bench.berth.asked).containsExactly("sync 101 real write-back", "sync all real write-back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryrun=true", "dry-run=yes", "dry-run", "dry-run=true&dry-run=false", "dry_run=true"})
    void aMistypedDryRunIsNoRealOne(String query) {
        HttpResponse<String> answer = bench.post("/v1/sync?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("allowed: ");
        assertThat(bench.berth.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/guests, overview",
        "/v1/guests/101, guest 101",
        "/v1/conflicts, overview",
        "/v1/networks, networks",
        "/v1/leases, leases"
    })
    void whatIsShownIsAsLastSeenUnlessItIsToBeFresh(String path, String asked) {
        bench.berth.guests.add(Reports.settled());
        bench.berth.networks.add(Reports.network("lan", Reports.READ));
        String lastSeen = bench.get(path).body();
        assertThat(lastSeen).contains("\"asOf\":\"2026-11-20T10:00:00Z\"");
        assertThat(bench.get(path + "?fresh=false").body()).isEqualTo(lastSeen);
        assertThat(bench.get(path + "?fresh=true").body()).isEqualTo(lastSeen);
        assertThat(bench.berth.asked).containsExactly(asked, asked, asked + " fresh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/guests", "/v1/guests/101", "/v1/conflicts", "/v1/networks", "/v1/leases"})
    void aMistypedWordIsRefusedAndNothingIsRead(String path) {
        for (String query : List.of("frsh=true", "fresh", "fresh=yes", "fresh=true&fresh=true", "dry-run=true")) {
            HttpResponse<String> answer = bench.get(path + "?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).as(query).contains("allowed: ");
        }
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void networksAreAsOldAsTheOldestOfThem() {
        bench.berth.networks.add(Reports.network("lan", Reports.READ.plusMillis(5)));
        bench.berth.networks.add(Reports.network("dmz", Reports.READ));
        assertThat(bench.get("/v1/networks").body())
                .contains("\"asOf\":\"2026-11-20T10:00:00.005Z\"},{\"name\":\"dmz\"")
                .endsWith("\"asOf\":\"2026-11-20T10:00:00Z\"}],\"asOf\":\"2026-11-20T10:00:00Z\"}");
    }

    @Test
    void aGuestThatProxmoxDoesNotShowIsNotFound() {
        HttpResponse<String> answer = bench.get("/v1/guests/999");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:berth:problem:no-guest", "Proxmox shows no guest 999.");
        assertThat(bench.post("/v1/guests/999/sync").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "99", "0101", "1000000000", "-101", "101.0", "%31%30%31x"})
    void whatIsNoVmidIsABadRequest(String vmid) {
        HttpResponse<String> answer = bench.get("/v1/guests/" + vmid);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("allowed: a whole number from 100 to 999999999");
    }

    @Test
    void aPeerThatIsDownMakesTheApiUnavailable() {
        bench.berth.fails(new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the router does not answer"));
        HttpResponse<String> answer = bench.get("/v1/guests");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"type\":\"urn:berth:problem:peer\"", "\"peer\":\"router\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic Y29ycmVjdA==", "correct-horse-battery", ""})
    void nothingButTheTokenOpensTheApi(String authorization) {
        HttpRequest.Builder request = bench.request("/v1/guests");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        closed(bench.send(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/guests", "/v1/plan", "/v1/sync", "/v1/unknown", "/v1/hooks/unknown", "/%76%31/guests"})
    void everythingUnderTheApiWantsTheToken(String path) {
        closed(bench.send(bench.request(path)));
        closed(bench.send(bench.request(path).POST(HttpRequest.BodyPublishers.noBody())));
    }

    @Test
    void theSchemesNameMayBeWrittenAsOneLikes() {
        assertThat(bench.send(bench.request("/v1/guests").header("Authorization", "bearer " + Bench.TOKEN))
                        .statusCode())
                .isEqualTo(200);
    }

    private void closed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer");
        assertThat(bench.berth.asked).isEmpty();
    }
}
