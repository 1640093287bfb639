package net.berth.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The settings file (default: ${DEFAULT-VALUE}).",
            defaultValue = "/etc/berth/berth.yaml")
    private Path file = Path.of("/etc/berth/berth.yaml");

    Path file() {
        return file;
    }
}
