package net.berth.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the real hookscript as Proxmox does: no shell, stdin closed, both pipes read to their end. */
final class HookScript {
    static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    private static final Path SCRIPT = Path.of("hookscripts", "berth-hook").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a run left behind; {@code took} ends when both pipes are at their end, which is what Proxmox waits for. */
    record Run(int exit, String out, String err, Duration took) {
        String all() {
            return out + err;
        }
    }

    private final Path conf;

    HookScript(Path folder) {
        this.conf = folder.resolve("berth.conf");
    }

    /** A config with these receivers, the right secret and a short wait. */
    HookScript urls(String... urls) {
        var lines = new ArrayList<String>();
        for (var url : urls) {
            lines.add("url = " + url);
        }
        lines.add("secret = " + SECRET);
        lines.add("wait = 2");
        return config(lines);
    }

    HookScript config(List<String> lines) {
        try {
            Files.writeString(conf, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Run run(String... args) throws Exception {
        return run(Map.of(), args);
    }

    Run run(Map<String, String> environment, String... args) throws Exception {
        var process = start(environment, args);
        var began = System.nanoTime();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), readers);
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), readers);
            process.getOutputStream().close();
            return finish(process, out, err, began);
        } finally {
            process.destroyForcibly();
        }
    }

    Process start(Map<String, String> environment, String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(SCRIPT.toString());
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PERL") || name.startsWith("PVE_"));
        builder.environment().put("BERTH_HOOK_CONF", conf.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Run finish(Process process, CompletableFuture<String> out, CompletableFuture<String> err, long began)
            throws InterruptedException, ExecutionException, TimeoutException {
        var said = out.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var warned = err.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("the hookscript does not end");
        }
        return new Run(process.exitValue(), said, warned, Duration.ofNanos(System.nanoTime() - began));
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
