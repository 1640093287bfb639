package net.berth.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.berth.http.Bench;
import net.berth.http.Fleet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The page with 3,000 guests in a real Chromium: the real receiver, with an engine that answers what a test wants. */
@TestInstance(Lifecycle.PER_CLASS)
class FleetPageTest {
    private static final int GUESTS = 3_000;

    private final Optional<String> obstacle = Browser.obstacle();
    private final Bench bench = new Bench();
    private Browser browser;

    private interface Look {
        void at(Visit visit);
    }

    @BeforeAll
    void open() {
        Fleet.into(bench.berth, GUESTS);
        if (obstacle.isEmpty()) {
            browser = Browser.open();
        }
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
        bench.close();
    }

    private void look(int width, int height, Look look) {
        if (obstacle.isPresent()) {
            assertThat(obstacle.get()).as("a reason to act on").hasSizeGreaterThan(20);
            return;
        }
        try (Visit visit = new Visit(browser.visitor(ColorScheme.LIGHT, width, height), bench.receiver.port())) {
            try {
                visit.enters(Bench.TOKEN).live();
                rows(visit).first().waitFor();
                look.at(visit);
            } catch (AssertionError | RuntimeException failure) {
                visit.screenshot(Path.of("target/page-failure.png"), true);
                throw failure;
            }
        }
    }

    private static Locator rows(Visit visit) {
        return visit.section("guests").locator("tbody tr");
    }

    private static List<String> names(Visit visit) {
        return visit.section("guests").locator("tbody tr .name").allTextContents();
    }

    @Test
    void thousandsOfGuestsAreShownFiftyAtATime() {
        look(1440, 900, visit -> {
            assertThat(rows(visit)).hasCount(50);
            assertThat(visit.section("guests")).containsText("3,000 guests");
            assertThat(names(visit)).startsWith("backup-10", "backup-20", "backup-30");
            visit.button("Next").click();
            assertThat(visit.section("guests")).containsText("Page 2 of 60");
            assertThat(rows(visit)).hasCount(50);
            visit.page.reload();
            assertThat(visit.section("guests")).containsText("Page 2 of 60");
        });
    }

    @Test
    void everyColumnSortsBothWays() {
        look(1440, 900, visit -> {
            sorts(visit, "Guest", "backup-10", "wiki-2998");
            sorts(visit, "Address", Fleet.name(0), Fleet.name(GUESTS - 1));
            sorts(visit, "State", Fleet.name(249), "");
            sorts(visit, "DNS name", "backup-10", "wiki-2998");
            sorts(visit, "DNS", Fleet.name(249), "");
            sorts(visit, "Guest config", Fleet.name(99), "");
            sorts(visit, "NIPAP", "", "");
            sorts(visit, "DHCP", "", "");
            assertThat(visit.page.url()).endsWith("sort=-DHCP");
        });
    }

    /** By the first click upwards, by the second downwards; an empty name is any. */
    private static void sorts(Visit visit, String column, String first, String last) {
        Locator head = visit.section("guests")
                .getByRole(
                        AriaRole.COLUMNHEADER,
                        new Locator.GetByRoleOptions().setName(Pattern.compile("^" + column + "( ?[▲▼])?$")));
        if (head.getAttribute("aria-sort") == null) {
            head.getByRole(AriaRole.BUTTON).click();
        }
        assertThat(head).hasAttribute("aria-sort", "ascending");
        assertThat(names(visit).getFirst()).as("first by " + column).contains(first);
        head.getByRole(AriaRole.BUTTON).click();
        assertThat(head).hasAttribute("aria-sort", "descending");
        assertThat(names(visit).getFirst()).as("last by " + column).contains(last);
    }

    @Test
    void anyWordThatIsShownFindsItsGuests() {
        look(1440, 900, visit -> {
            finds(visit, "held", 30);
            finds(visit, "already booted", 30);
            finds(visit, "NAME_TAKEN", 12);
            finds(visit, "10.20.1.5/20", 1);
            finds(visit, "web-2991.home.lan", 1);
            finds(visit, "pve2 held", 10);
            finds(visit, "no-such-guest", 0);
            assertThat(visit.section("guests")).containsText("No guest has these words.");
            visit.page.navigate(visit.page.url().replaceFirst("find=.*", "find=conflict"));
            visit.page.reload();
            assertThat(rows(visit)).hasCount(12);
        });
    }

    private static void finds(Visit visit, String words, int guests) {
        visit.section("guests").getByLabel("Find").fill(words);
        assertThat(rows(visit)).hasCount(guests);
    }

    @Test
    void aSectionAndAGuestKeepTheirPlaceInTheAddress() {
        look(1440, 900, visit -> {
            visit.section("guests").getByLabel("Find").fill("wiki");
            visit.opens("conflicts");
            assertThat(visit.page).hasURL(Pattern.compile(".*#/conflicts$"));
            assertThat(visit.section("conflicts").locator("article")).hasCount(12);
            visit.page.reload();
            assertThat(visit.section("conflicts")).isVisible();
            assertThat(visit.section("guests")).isHidden();
            visit.page.goBack();
            assertThat(rows(visit).first()).containsText("wiki");
            visit.guest("wiki-8").first().getByRole(AriaRole.LINK).click();
            assertThat(visit.page).hasURL(Pattern.compile(".*#/guests/108$"));
            visit.page.reload();
            assertThat(visit.section("guest")).containsText(Fleet.address(7) + "/20");
        });
    }

    /** A line that ends within an address makes another address of it. */
    @Test
    void noAddressIsBrokenAtTheEndOfALine() {
        for (int width : List.of(390, 820, 1440)) {
            look(width, 844, visit -> {
                Object broken = visit.page.evaluate("() => [...document.querySelectorAll('.whole')]"
                        + ".filter((one) => one.getClientRects().length > 1).map((one) => one.textContent)");
                assertThat((List<?>) broken).as("at " + width).isEmpty();
                assertThat(visit.section("guests").locator(".whole")).hasCount(50);
                visit.fits("the guests at " + width);
            });
        }
    }

    @Test
    void onAPhoneAPageOfGuestsHasLessThanTenScreens() {
        look(390, 844, visit -> {
            Object screens = visit.page.evaluate("() => document.documentElement.scrollHeight / innerHeight");
            assertThat(((Number) screens).doubleValue()).isLessThan(10);
            visit.page.getByLabel("Sort by").first().selectOption("-Address");
            assertThat(rows(visit).first()).containsText(Fleet.name(GUESTS - 1));
        });
    }

    /** A new address in a VM's config makes cloud-init take it for a new machine; a container has no cloud-init. */
    @Test
    void beforeAddressesThatAreHeldBackAreWrittenThePageSaysWhatCloudInitWillDo() {
        look(1440, 900, visit -> {
            bench.berth.passes(Fleet.ordered(200));
            try {
                visit.button("Re-sync all").click();
                Locator dialog = visit.section("sync-dialog");
                visit.page.getByLabel("also write addresses").check();
                assertThat(dialog).containsText("Apply 2 changes");
                assertThat(dialog).containsText("cloud-init will run again in " + Fleet.name(199) + ".");
                assertThat(dialog).containsText("new SSH host keys");
                assertThat(dialog.locator("tr", new Locator.LocatorOptions().setHasText(Fleet.name(199))))
                        .containsText("cloud-init runs again");
                assertThat(dialog.locator("tr", new Locator.LocatorOptions().setHasText(Fleet.name(99))))
                        .not()
                        .containsText("cloud-init");
                visit.accessible("the warning");
            } finally {
                bench.berth.passes(Fleet.plain(GUESTS));
            }
        });
    }
}
