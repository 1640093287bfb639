package net.berth.lab.edgeos;

import java.util.Optional;

/** The file {@code /config/config.boot}, and how EdgeOS writes it: by a move over the old one, on a full flash too. */
final class BootFile {
    private static final String END = "\n\n/* Warning: Do not remove the following line. */\n"
            + "/* === vyatta-config-version: \"dhcp-server@4:system@5\" === */\n"
            + "/* Release version: v2.0.9.5362420.000000.0000 */\n";
    private static final String BEGUN = "Saving configuration to '/config/config.boot'...\n";
    private final Template templates;
    private final Faults faults;
    private final Counters counters;
    private Optional<String> text = Optional.empty();
    private Node config = new Node();
    private String savedBy = "";

    BootFile(Template templates, Faults faults, Counters counters) {
        this.templates = templates;
        this.faults = faults;
        this.counters = counters;
    }

    /** As the router's program prints its active config. */
    String curly(Node tree) {
        return CurlyPrinter.print(tree, tree, templates, false);
    }

    synchronized void keep(Node tree) {
        config = tree.copy();
        text = Optional.of(curly(tree) + END);
    }

    synchronized Answer save(Node active, String caller) {
        if (text.filter(old -> !old.contains("vyatta-config-version:")).isPresent()) {
            return Answer.fail(BEGUN + "File exists and is not a Vyatta configuration file, aborting save!\n");
        }
        if (faults.configFull()) {
            config = new Node();
            text = Optional.of("");
            return Answer.fail(BEGUN + "mv: error writing '/config/config.boot': No space left on device\n"
                    + "Error saving /config/config.boot\n");
        }
        if (faults.saveFails()) {
            return Answer.fail(BEGUN + "Error saving /config/config.boot\n");
        }
        keep(active);
        savedBy = caller;
        counters.saves.incrementAndGet();
        return Answer.ok(BEGUN + "Done\n");
    }

    /** What {@code cat} prints. */
    synchronized Answer print() {
        return text.map(Answer::ok)
                .orElseGet(() -> Answer.fail("cat: /config/config.boot: No such file or directory\n"));
    }

    /** A person moves it away. */
    synchronized void remove() {
        text = Optional.empty();
    }

    synchronized Node config() {
        return config;
    }

    synchronized String savedBy() {
        return savedBy;
    }
}
