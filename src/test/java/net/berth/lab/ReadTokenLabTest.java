package net.berth.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A user who has the read-only token, and none of the other secrets, before a real receiver. */
@TestInstance(Lifecycle.PER_CLASS)
class ReadTokenLabTest {
    @TempDir
    Path temp;

    private LabHouse house;

    @BeforeAll
    void open() throws IOException {
        Map<String, String> changes = Map.of(
                "mode: sync",
                "mode: report",
                "api-token-file: api.token",
                "api-token-file: api.token\n  api-read-token-file: api-read.token");
        house = LabHouse.open(LabHouse.LIVELY, changes).afterFirstPass();
        new LabGuests(house).container(201, "files", "pve2");
        for (String secret : List.of("api.token", "hook.secret", "proxmox.token", "nipap.password")) {
            Files.delete(house.folder().resolve(secret));
        }
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
    void theCommandsThatReadWorkAndTheOthersSayWhichTokenIsNeeded() {
        LabCommand guests = berth("guests", "--fresh");
        assertThat(guests.err()).isEmpty();
        assertThat(guests.out()).contains("files");
        LabCommand plan = berth("plan");
        assertThat(plan.out()).contains("files").contains("claim");
        assertThat(plan.exit()).isEqualTo(2);
        assertThat(berth("sync", "--dry-run").exit()).isEqualTo(2);
        LabCommand sync = berth("sync");
        assertThat(sync.exit()).isEqualTo(1);
        assertThat(sync.err())
                .isEqualTo("berth: The token in api-read-token-file may only read; POST /v1/sync without dry-run=true"
                        + " needs the token in api-token-file. This user may not read that file: use sudo.\n");
    }

    @Test
    void thePageShowsThePlanAndCannotApplyIt() {
        if (Browser.obstacle().isPresent()) {
            assertThat(Browser.obstacle().get()).as("a reason to act on").hasSizeGreaterThan(20);
            return;
        }
        try (Browser browser = Browser.open();
                Visit visit = new Visit(browser.visitor(ColorScheme.LIGHT, 1280, 900), house.port())) {
            visit.enters(LabSettings.API_READ_TOKEN).live();
            assertThat(visit.section("read-only")).isVisible();
            visit.button("Re-sync all").click();
            Locator dialog = visit.section("sync-dialog");
            assertThat(dialog).containsText("which may only read");
            assertThat(dialog).containsText("claim");
            assertThat(visit.section("sync-apply")).isHidden();
            visit.accessible("the plan of a session that only reads");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                    .click();
            visit.button("Sign out").click();
            visit.enters(LabSettings.API_TOKEN).live();
            assertThat(visit.section("read-only")).isHidden();
            visit.button("Re-sync all").click();
            assertThat(visit.section("sync-apply")).isVisible();
            assertThat(dialog).not().containsText("which may only read");
        }
    }

    private LabCommand berth(String command, String... more) {
        List<String> all =
                new ArrayList<>(List.of(command, "--config", house.config().toString()));
        all.addAll(List.of(more));
        return LabCommand.run(temp, all.toArray(String[]::new));
    }
}
