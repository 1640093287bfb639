package net.berth.lab.edgeos;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** The programs of the router, by name, and the cuts that a test has armed at one of them. */
final class RouterPrograms implements ProgramServer.Programs {
    private final ConfigSystem config;
    private final Daemons daemons;
    private final RouterFiles files;
    private final LeaseTable leases;
    private final NeighbourTable neighbours;
    private final Faults faults;
    private final BiConsumer<String, Faults.Cut> cutter;

    RouterPrograms(
            ConfigSystem config,
            Daemons daemons,
            RouterFiles files,
            LeaseTable leases,
            NeighbourTable neighbours,
            Faults faults,
            BiConsumer<String, Faults.Cut> cutter) {
        this.config = config;
        this.daemons = daemons;
        this.files = files;
        this.leases = leases;
        this.neighbours = neighbours;
        this.faults = faults;
        this.cutter = cutter;
    }

    @Override
    public Optional<Answer> run(ProgramServer.Call call) {
        Optional<Faults.CutPoint> cut = reached(faults.cutAtCall);
        if (cut.isPresent() && !cut.get().after()) {
            cutter.accept(call.channel(), cut.get().cut());
            return Optional.empty();
        }
        faults.awaitAnswer();
        Answer answer = answer(call);
        faults.done(call.program() + " " + String.join(" ", call.words()));
        if (cut.isPresent()) {
            cutter.accept(call.channel(), cut.get().cut());
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    /** Counts one event towards an armed cut; the cut when this is the one. */
    static Optional<Faults.CutPoint> reached(AtomicReference<Optional<Faults.CutPoint>> armed) {
        Optional<Faults.CutPoint> now = armed.getAndUpdate(point -> point.filter(cut -> cut.count() > 1)
                .map(cut -> new Faults.CutPoint(cut.count() - 1, cut.cut(), cut.after())));
        return now.filter(cut -> cut.count() == 1);
    }

    private Answer answer(ProgramServer.Call call) {
        return switch (call.program()) {
            case "vyatta-cfg-cmd-wrapper" -> config.run(call.sessionId(), call.caller(), call.words());
            case "vyatta-op-cmd-wrapper" -> operation(call.words());
            case "cli-shell-api" -> shellApi(call);
            case "df" ->
                Answer.ok("Filesystem 1024-blocks Used Available Capacity Mounted on\nubi0_0 25000 5000 "
                        + faults.freeShown() + " 20% /config\n");
            case "pidof" -> daemons.pidof(call.words());
            case "ip" -> call.words().equals(List.of("-4", "neigh")) ? Answer.ok(neighbours.print()) : Answer.fail("");
            case "lab-cat" -> files.cat(call.caller(), call.words());
            case "lab-policy" -> Answer.ok(faults.policy(call.words().getFirst()) + "\n");
            default -> new Answer(127, call.program() + ": command not found\n");
        };
    }

    private Answer operation(List<String> words) {
        if (words.equals(List.of("show", "dhcp", "leases"))) {
            return Answer.ok(leases.print(new DhcpConfig(config.active())));
        }
        if (words.equals(List.of("show", "version"))) {
            return Answer.ok("Version:      v2.0.9\nBuild ID:     0000000\nHW model:     EdgeRouter of the lab\n");
        }
        return Answer.fail("Invalid command\n");
    }

    private Answer shellApi(ProgramServer.Call call) {
        List<String> words = call.words();
        if (words.size() == 2 && words.getFirst().equals("getSessionEnv")) {
            String id = words.get(1);
            return Answer.ok("declare -x -r VYATTA_ACTIVE_CONFIGURATION_DIR=/opt/vyatta/config/active; "
                    + "declare -x -r VYATTA_CHANGES_ONLY_DIR=/tmp/changes_only_" + id + "; "
                    + "declare -x -r VYATTA_TEMP_CONFIG_DIR=/opt/vyatta/config/tmp/new_config_" + id + "; "
                    + "umask 002;\n");
        }
        if (words.equals(List.of("sessionChanged"))) {
            // The environment of getSessionEnv says which session, not the variable that the wrapper goes by.
            String id = call.sessionEnv().replace("/tmp/changes_only_", "");
            return new Answer(config.changed(id) ? 0 : 1, "");
        }
        boolean active = words.contains("--show-active-only");
        boolean commands = words.contains("--show-commands");
        if (!words.isEmpty() && words.getLast().equals("showConfig") && active && commands) {
            return Answer.ok(config.showCommands(true));
        }
        if (!words.isEmpty() && words.getLast().equals("showConfig") && active) {
            return Answer.ok(config.showCurly());
        }
        int show = words.indexOf("showConfig");
        if (show >= 0 && active && commands) {
            return Answer.ok(config.showPart(words.subList(show + 1, words.size())));
        }
        return Answer.fail("");
    }
}
