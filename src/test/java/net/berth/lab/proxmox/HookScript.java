package net.berth.lab.proxmox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A hookscript for tests: notes each call in a file, then does what the test wants. */
final class HookScript {
    private final Path calls;
    private final Path script;

    HookScript(Path folder, String then) {
        try {
            calls = Files.writeString(folder.resolve("calls"), "");
            script = Files.writeString(
                    folder.resolve("probe"),
                    "#!/bin/sh\necho \"$# $1 $2 from=$PVE_MIGRATED_FROM lc=$LC_ALL stdin=$(cat)\" >> " + calls + "\n"
                            + then + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return script;
    }

    /** Each call as {@code COUNT VMID PHASE from=... lc=... stdin=...}. */
    List<String> calls() {
        try {
            return Files.readAllLines(calls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The phases only, and forgets them. */
    List<String> takePhases() {
        List<String> phases = calls().stream()
                .map(line -> List.of(line.split(" ", -1)).get(2))
                .toList();
        try {
            Files.writeString(calls, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return phases;
    }
}
