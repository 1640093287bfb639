package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who has the page open; notes what a person would not see but should not happen. */
final class Visit implements AutoCloseable {
    private static final String CHECK = """
            () => axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations.map((one) =>
              `${one.id} (${one.impact}): ${one.help}: ` + one.nodes.map((node) =>
                `${node.target.join(" ")} ${node.any.map((check) => check.message).join("; ")}`).join(" | ")))""";

    final Page page;
    private final BrowserContext context;
    private final String base;
    private final List<String> foreignHosts = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Visit(BrowserContext context, int port) {
        this.context = context;
        this.base = "http://127.0.0.1:" + port + "/";
        this.page = watched(context.newPage());
        page.navigate(base);
    }

    private Page watched(Page opened) {
        opened.onRequest(request -> {
            URI uri = URI.create(request.url());
            if (!request.url().startsWith(base)) {
                foreignHosts.add(String.valueOf(uri.getHost()));
            }
        });
        opened.onConsoleMessage(this::note);
        opened.onPageError(error -> complaints.add("error: " + error));
        return opened;
    }

    /** An answer that is no success is written to the console by the browser itself; the page shows it. */
    private void note(ConsoleMessage message) {
        boolean network = message.text().startsWith("Failed to load resource");
        if (!network && List.of("error", "warning").contains(message.type())) {
            complaints.add(message.type() + ": " + message.text());
        }
    }

    /** Shows the token, and waits for what it opens. */
    Visit enters(String token) {
        page.getByLabel("API token").fill(token);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Open").setExact(true))
                .click();
        return this;
    }

    Visit live() {
        page.locator("#live.is-live:text-is('live')").waitFor();
        return this;
    }

    /** Opens a section by its tab. */
    Visit opens(String view) {
        section(view + "-link").click();
        section(view).waitFor();
        return this;
    }

    /** Another tab of the same browser. */
    Page tab() {
        Page tab = watched(context.newPage());
        tab.navigate(base);
        return tab;
    }

    Locator section(String id) {
        return page.locator("#" + id);
    }

    Locator guest(String name) {
        return section("guests").locator("tr", new Locator.LocatorOptions().setHasText(name));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** What axe-core finds wrong for people who see, hear or move otherwise. */
    void accessible(String view) {
        @SuppressWarnings("unchecked")
        List<String> violations = (List<String>) page.evaluate(CHECK);
        assertThat(violations).as(view).isEmpty();
    }

    /** Whether everything fits into the width. */
    void fits(String view) {
        Object over =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(over).as("how much %s is wider than the screen", view).isEqualTo(0);
    }

    void screenshot(Path file, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(whole));
    }

    Map<?, ?> storage() {
        return (Map<?, ?>)
                page.evaluate(
                        "() => ({tab: Object.keys(sessionStorage), kept: Object.keys(localStorage), cookies: document.cookie})");
    }

    @Override
    public void close() {
        context.close();
        assertThat(foreignHosts).as("requests to other hosts").isEmpty();
        assertThat(complaints).as("what the browser complains of").isEmpty();
    }
}
