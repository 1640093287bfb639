package net.berth.doctor;

import java.util.List;
import net.berth.config.SettingsFile;

/** The checks of berth.yaml and the files it names. */
record SettingsChecks(SettingsFile.Loaded loaded) {

    CheckGroup group() {
        return CheckGroup.of("settings").check("networks", this::networks).check("secrets", this::secrets);
    }

    /** Settings with networks that overlap could not have been loaded. */
    private List<CheckResult> networks() {
        int count = loaded.settings().engine().networks().size();
        return List.of(CheckResult.green("berth.yaml can be read; "
                + (count == 1 ? "one network" : count + " networks, none overlaps another")));
    }

    private List<CheckResult> secrets() {
        return loaded.warnings().isEmpty()
                ? List.of(CheckResult.green("only their owner can read the files"))
                : loaded.warnings().stream().map(SettingsChecks::warning).toList();
    }

    /** The last part of a warning is the command. */
    private static CheckResult warning(String warning) {
        int command = warning.lastIndexOf("; chmod ");
        return command < 0
                ? CheckResult.yellow(warning)
                : CheckResult.yellow(warning.substring(0, command), warning.substring(command + 2));
    }
}
