package net.berth.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.berth.lab.proxmox.PveOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The page as a person sees it: real Chromium, real receiver, the lab's home behind it. Where there is no Chromium,
 * {@code target/browser.txt} says why nothing was looked at; {@code .ci/run} prints it. The pictures are made anew by
 * {@code mvn test -Dtest=PageTest -Dpage.pictures=docs}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PageTest {
    private static final Path TOLD = Path.of("target/browser.txt");
    private static final Path PICTURES = Path.of(System.getProperty("page.pictures", "target/page"));
    private static final double PATIENCE = 60_000;
    private static final PveOptions.Timings TIMINGS = new PveOptions.Timings(
            Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(20));

    private final Optional<String> obstacle = Browser.obstacle();
    private LabHouse house;
    private Browser browser;

    private interface Look {
        void at(Visit visit);
    }

    @BeforeAll
    void open() throws IOException {
        Files.createDirectories(PICTURES);
        Files.createDirectories(TOLD.getParent());
        if (obstacle.isPresent()) {
            Files.writeString(TOLD, "the page was NOT looked at in a browser: " + obstacle.get() + "\n");
            return;
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        browser = Browser.open();
        Files.writeString(TOLD, "the page was looked at in Chromium " + browser.version() + "\n");
        // Hooks and clicks only: a poll would mend what a click is to mend.
        house = LabHouse.open(TIMINGS, Map.of("poll: 1s", "poll: 10m")).afterFirstPass();
        furnish();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (house != null) {
            house.close();
        }
    }

    /** Something of everything: running, stopped, foreign, unmanaged, in conflict, leases, a failing write-back. */
    private void furnish() {
        container(201, "files", "pve2");
        container(202, "media", "pve1");
        container(203, "wiki", "pve1");
        assertThat(house.pve().stop(203).exitStatus()).isEqualTo("OK");
        container(204, "files", "pve1");
        house.pve().createContainer(210, "pve2", Map.of("hostname", "handmade", "net0", "name=eth0,bridge=vmbr0"));
        house.nipap().addHost("192.168.1.60", Map.of("node", "access-point", "description", "made by hand"));
        Instant end = Instant.now().plus(Duration.ofHours(20));
        house.router().lease("192.168.1.215", "00:00:5e:00:53:07", end, "LAN", "phone");
        house.router().lease("192.168.1.216", "00:00:5e:00:53:08", end, "LAN", "");
        house.api().post("/v1/sync");
    }

    private void container(int vmid, String name, String node) {
        new LabGuests(house).container(vmid, name, node);
        assertThat(house.pve().start(vmid).exitStatus()).isEqualTo("OK");
    }

    private void look(ColorScheme scheme, int width, int height, Look look) {
        if (obstacle.isPresent()) {
            assertThat(obstacle.get()).as("a reason to act on").hasSizeGreaterThan(20);
            return;
        }
        try (Visit visit = new Visit(browser.visitor(scheme, width, height), house.port())) {
            try {
                look.at(visit);
            } catch (AssertionError | RuntimeException failure) {
                visit.screenshot(Path.of("target/page-failure.png"), true);
                System.out.println(house.receiverLog());
                throw failure;
            }
        }
    }

    private void look(Look look) {
        look(
                ColorScheme.LIGHT,
                1280,
                900,
                visit -> look.at(visit.enters(LabSettings.API_TOKEN).live()));
    }

    private static LocatorAssertions seen(Locator locator) {
        return assertThat(locator);
    }

    @Test
    void theTokenIsAskedOncePerBrowserAndNoScriptCanReadTheSession() {
        look(ColorScheme.LIGHT, 1280, 900, visit -> {
            seen(visit.section("token-dialog")).isVisible();
            seen(visit.section("systems")).containsText("Proxmox");
            seen(visit.section("token-dialog")).containsText("sudo cat /etc/berth/api.token");
            seen(visit.section("guests-list")).isHidden();
            visit.accessible("the question for the token");
            visit.enters("a-wrong-token-a-wrong-token");
            seen(visit.section("token-error")).containsText("does not know this token");
            visit.enters(LabSettings.API_TOKEN).live();
            visit.page.reload();
            visit.live();
            seen(visit.section("token-dialog")).isHidden();
            assertThat(visit.storage().toString()).isEqualTo("{tab=[], kept=[], cookies=}");
            assertThat(visit.page.url()).doesNotContain(LabSettings.API_TOKEN);
            Page tab = visit.tab();
            seen(tab.locator("#live.is-live")).hasText("live");
            seen(tab.locator("#token-dialog")).isHidden();
            visit.button("Sign out").click();
            seen(visit.section("token-dialog")).isVisible();
            seen(visit.section("guests-list")).isHidden();
            tab.reload();
            seen(tab.locator("#token-dialog")).isVisible();
        });
    }

    /** Who may write into NIPAP chooses such texts; turned, "gpj.exe" reads as another name. */
    @Test
    void charactersThatAreNotSeenOrTurnTheReadingDirectionAreShownAsEscapes() {
        look(visit -> {
            house.nipap().addHost("192.168.1.61", Map.of("node", "camera", "description", "cam\u202Eexe\u200B"));
            house.api().post("/v1/sync");
            visit.opens("networks").button("Read now").click();
            try {
                seen(visit.page.locator("[aria-label*='192.168.1.61']").first())
                        .hasAttribute("aria-label", Pattern.compile(".*cam\\\\u\\{202e}exe\\\\u\\{200b}.*"));
                assertThat(visit.page.content()).doesNotContain("\u202E", "\u200B");
            } finally {
                house.nipap().removeHost("192.168.1.61");
            }
        });
    }

    @Test
    void eachViewShowsWhatTheSystemsHold() {
        look(visit -> {
            for (String system : List.of("Berth", "Proxmox", "NIPAP", "Router")) {
                seen(visit.section("systems")).containsText(system);
            }
            seen(visit.section("systems").locator(".system.up")).hasCount(4);
            Locator media = visit.guest("media");
            seen(media).containsText("settled");
            seen(media).containsText("media.home.lan");
            seen(media.locator(".mark.ok")).hasCount(4);
            seen(visit.opens("conflicts").section("conflicts")).containsText("NAME_TAKEN");
            seen(visit.opens("networks").section("networks").getByRole(AriaRole.GRID))
                    .isVisible();
            for (String state : List.of("running", "stopped", "foreign", "dynamic", "excluded", "free")) {
                seen(visit.section("networks").locator(".map .cell." + state).first())
                        .isVisible();
            }
            seen(visit.section("networks").locator(".map .cell")).hasCount(256);
            Locator phone = visit.opens("leases")
                    .section("leases")
                    .locator("tr", new Locator.LocatorOptions().setHasText("phone"));
            seen(phone).containsText("00:00:5E:00:53:07");
            seen(phone).containsText("19 h");
            seen(visit.opens("guests").guest("handmade")).isHidden();
            visit.page.getByLabel("with unmanaged").check();
            seen(visit.guest("handmade")).isVisible();
            visit.section("guests").getByLabel("Find").fill("media");
            seen(visit.guest("wiki")).isHidden();
            seen(visit.guest("media")).isVisible();
        });
    }

    @Test
    void thePageSaysHowOldItIsAndReadNowShowsWhatNoEventHasTold() {
        look(visit -> {
            for (String view : List.of("guests", "networks", "leases")) {
                visit.opens(view);
                seen(visit.section(view.equals("guests") ? "age" : view + "-age"))
                        .hasText(Pattern.compile("as of \\d+ (s|min|h) ago"));
            }
            Instant end = Instant.now().plus(Duration.ofHours(20));
            house.router().lease("192.168.1.217", "00:00:5e:00:53:09", end, "LAN", "tablet");
            visit.button("Read now").click();
            seen(visit.section("leases")).containsText("tablet");
            seen(visit.section("read-now")).hasText("Read now");
            seen(visit.section("trouble")).isHidden();
        });
    }

    @Test
    void theMapTellsEachAddressToThePointerAndToTheKeyboard() {
        look(visit -> {
            Locator map = visit.opens("networks").section("networks").getByRole(AriaRole.GRID);
            Locator detail = visit.section("networks").locator(".detail");
            map.locator("[data-key='192.168.1.60']").hover();
            seen(detail).containsText("192.168.1.60: used by something that is not Berth's");
            seen(detail).containsText("made by hand");
            map.locator("[data-key='192.168.1.0']").focus();
            visit.page.keyboard().press("ArrowDown");
            visit.page.keyboard().press("ArrowRight");
            seen(map.locator("[data-key='192.168.1.17']")).isFocused();
            seen(detail).containsText("192.168.1.17: never assigned");
            visit.page.keyboard().press("End");
            seen(map.locator("[data-key='192.168.1.255']")).isFocused();
            visit.page.keyboard().press("Home");
            seen(map.locator("[data-key='192.168.1.0']")).isFocused();
        });
    }

    @Test
    void aFixIsCopiedByOneClick() {
        look(visit -> {
            Locator conflict = visit.opens("conflicts")
                    .section("conflicts")
                    .locator("article", new Locator.LocatorOptions().setHasText("home/lxc/204"));
            conflict.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy"))
                    .click();
            seen(conflict).containsText("Copied");
            assertThat(visit.page.evaluate("() => navigator.clipboard.readText()"))
                    .isEqualTo("pct set 204 --hostname OTHER");
            seen(conflict).containsText("give one of the two another name:");
        });
    }

    @Test
    void aConflictIsResolvedByClickingAndThePlanIsShownFirst() {
        look(visit -> {
            container(205, "media", "pve2");
            Locator conflict = visit.opens("conflicts")
                    .section("conflicts")
                    .locator("article", new Locator.LocatorOptions().setHasText("media.home.lan"));
            seen(conflict).containsText("NAME_TAKEN");
            // The other guest gives the name up, as the conflict asks; the rest is for the click.
            String before = house.router().dump();
            house.pve().set(205, Map.of("hostname", "films"));
            conflict.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("look at"))
                    .click();
            Locator dialog = visit.section("sync-dialog");
            seen(dialog).isVisible();
            seen(dialog.locator("#sync-body")).not().containsText("Reading all systems");
            visit.accessible("the plan");
            seen(dialog).containsText("films");
            assertThat(house.router().dump())
                    .as("nothing is written before a person's word")
                    .isEqualTo(before);
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Apply"))
                    .click();
            seen(dialog).containsText("Nothing is left to do");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                    .click();
            seen(conflict).hasCount(0);
            seen(visit.opens("guests").guest("films").first()).containsText("settled");
            assertThat(house.router().dump()).contains("films");
        });
    }

    @Test
    void eventsAreLiveAndComeBackAfterTheReceiverDoes() {
        look(visit -> {
            visit.opens("events");
            container(206, "live", "pve1");
            seen(visit.section("events")).containsText("live (home/lxc/206) is settled");
            house.killReceiver();
            try {
                seen(visit.section("live")).containsText("connection lost");
            } finally {
                house.startReceiver();
            }
            house.afterFirstPass();
            visit.live();
            container(207, "again", "pve1");
            seen(visit.section("events")).containsText("again (home/lxc/207) is settled");
            seen(visit.opens("guests").guest("again")).containsText("settled");
        });
    }

    @Test
    void nothingKeepsAnybodyOutInLightDarkOrOnAPhone() {
        view("page-light", ColorScheme.LIGHT, 1280, 221, "mail");
        view("page-dark", ColorScheme.DARK, 1280, 222, "git");
        view("page-phone", ColorScheme.LIGHT, 360, 223, "photos");
        view("page-phone-dark", ColorScheme.DARK, 360, 224, "backup");
    }

    private static void isForEverybody(Visit visit, String view) {
        visit.accessible(view);
        visit.fits(view);
    }

    private void view(String name, ColorScheme scheme, int width, int vmid, String guest) {
        look(scheme, width, 900, visit -> {
            visit.enters(LabSettings.API_TOKEN).live();
            container(vmid, guest, "pve1");
            seen(visit.guest(guest)).containsText("settled");
            seen(visit.guest("wiki")).containsText("stopped");
            visit.screenshot(PICTURES.resolve(name + ".png"), false);
            isForEverybody(visit, name);
            seen(visit.opens("networks")
                            .section("networks")
                            .locator(".map .cell")
                            .first())
                    .isVisible();
            isForEverybody(visit, name + ": networks");
            seen(visit.opens("leases").section("leases")).containsText("phone");
            isForEverybody(visit, name + ": leases");
            seen(visit.opens("conflicts").section("conflicts")).containsText("NAME_TAKEN");
            isForEverybody(visit, name + ": conflicts");
            seen(visit.opens("events").section("events")).containsText(guest + " (home/lxc/" + vmid + ") is settled");
            isForEverybody(visit, name + ": events");
            visit.opens("guests").guest(guest).getByRole(AriaRole.LINK).click();
            seen(visit.section("guest")).containsText("the router maps its MAC to it");
            visit.screenshot(PICTURES.resolve(name.replace("page", "page-guest") + ".png"), false);
            isForEverybody(visit, name + ": a guest");
        });
    }

    @Test
    void theKeyboardAloneReachesEverythingAndTheFocusIsNeverLost() {
        look(visit -> {
            Page page = visit.page;
            page.keyboard().press("Tab");
            seen(page.locator(".skip")).isFocused();
            page.keyboard().press("Enter");
            seen(visit.section("guests")).isFocused();
            Locator resync = visit.button("Re-sync media").first();
            resync.focus();
            page.keyboard().press("Enter");
            seen(visit.section("sync-dialog")).isVisible();
            page.keyboard().press("Escape");
            seen(visit.section("sync-dialog")).isHidden();
            seen(resync).isFocused();
            house.api().post("/v1/guests/202/sync");
            page.evaluate("() => document.getElementById('guest-all').dispatchEvent(new Event('change'))");
            seen(visit.button("Re-sync media").first()).isFocused();
        });
    }

    @Test
    void aGuestHasAPageThatExplainsItAndWhatCanBeDone() {
        look(visit -> {
            container(208, "diary", "pve1");
            visit.page.navigate(visit.page.url() + "#/guests/208");
            Locator guest = visit.section("guest");
            seen(guest).containsText("settled");
            seen(guest).containsText("its row has the address");
            seen(guest).containsText("the router maps its MAC to it");
            seen(guest).containsText("diary (home/lxc/208) is settled on 192.168.1.");
            seen(guest).containsText("the lowest free address");
            visit.button("Release diary").click();
            Locator dialog = visit.section("sync-dialog");
            seen(dialog).containsText("its addresses are quarantined");
            assertThat(house.router().dump()).contains("diary");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Apply"))
                    .click();
            seen(dialog).containsText("Done");
            assertThat(house.router().dump()).doesNotContain("diary");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                    .click();
            seen(guest).containsText("Not managed by Berth");
            visit.page.goBack();
            seen(visit.section("guests")).isVisible();
        });
    }
}
