package net.berth.lab;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Chromium without a window, as the machine has it; nothing is downloaded for it at run time. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    /** Comes with the Maven profile "browser", which is on where Chromium is. */
    private static final String DRIVER = "/driver/linux/node";

    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String axe;

    private Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(OPTIONS)
                        .setTimeout(120_000));
        axe = resource("/axe.min.js");
    }

    /** Why no browser can be had on this machine; empty when one can. */
    static Optional<String> obstacle() {
        if (!Files.isExecutable(CHROMIUM)) {
            return Optional.of(CHROMIUM + " is not there; apt-get install chromium");
        }
        return Browser.class.getResource(DRIVER) == null
                ? Optional.of("Playwright's driver is not on the class path; run Maven with -Pbrowser on linux")
                : Optional.empty();
    }

    static Browser open() {
        return new Browser();
    }

    String version() {
        return chromium.version();
    }

    /** A person with a screen of this size who has never been here. */
    BrowserContext visitor(ColorScheme scheme, int width, int height) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, height)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(60_000);
        context.addInitScript(axe);
        return context;
    }

    private static String resource(String name) {
        try (InputStream file = Browser.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
