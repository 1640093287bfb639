package net.berth;

import java.io.ObjectInputFilter;
import java.util.List;
import net.berth.cli.Cli;

/** The way in: runs the command line in the wired house. */
public final class Main {
    private Main() {}

    /** Runs a command; the process ends with its exit code. */
    public static void main(String[] args) {
        refuseSerializedObjects();
        System.exit(Cli.run(new ServiceBackend(), List.of(args)));
    }

    /** Nothing in Berth deserializes; the launcher says so to the JVM, and this says it when started without it. */
    private static void refuseSerializedObjects() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("!*"));
        }
    }
}
