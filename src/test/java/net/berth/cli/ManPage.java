package net.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page of one command in roff, made of what {@code --help} knows. */
final class ManPage {
    private final CommandSpec command;
    private final String version;
    private final String date;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param version as shown at the foot
     * @param date of the release, such as {@code 2026-11-20}
     */
    ManPage(CommandSpec command, String version, String date) {
        this.command = command;
        this.version = version;
        this.date = date;
    }

    /** Such as {@code berth-plan}. */
    String name() {
        return command.qualifiedName("-");
    }

    String roff() {
        lines.clear();
        macro("TH", quoted(name().toUpperCase(Locale.ROOT)), "1", quoted(date), quoted("berth " + version));
        section("NAME");
        text(name() + " - " + summary(command));
        section("SYNOPSIS");
        text(new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .strip()
                .replaceAll("\\s+", " "));
        section("DESCRIPTION");
        for (var line : command.usageMessage().description()) {
            paragraph(line);
        }
        entries("ARGUMENTS", command.positionalParameters());
        entries("OPTIONS", command.options());
        subcommands();
        exitCodes();
        files();
        seeAlso();
        return String.join("\n", lines) + "\n";
    }

    private void entries(String title, List<? extends ArgSpec> args) {
        var shown = args.stream().filter(arg -> !arg.hidden()).toList();
        if (shown.isEmpty()) {
            return;
        }
        section(title);
        for (var arg : shown) {
            entry(label(arg), String.join(" ", arg.description()));
        }
    }

    private static String label(ArgSpec arg) {
        var value = arg.arity().max() == 0 ? "" : arg.paramLabel();
        if (!(arg instanceof OptionSpec option)) {
            return value;
        }
        var names = String.join(", ", option.names());
        return value.isEmpty() ? names : names + " " + value;
    }

    private void subcommands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        command.subcommands().forEach((name, sub) -> entry(name, summary(sub.getCommandSpec())));
    }

    private void exitCodes() {
        var codes = command.usageMessage().exitCodeList();
        section("EXIT STATUS");
        if (codes.isEmpty()) {
            entry("0", "done");
            entry("1", "failure, or wrong usage");
        }
        codes.forEach(this::entry);
    }

    private void files() {
        section("FILES");
        entry("/etc/berth/berth.yaml", "The settings. Every key: /usr/share/doc/berth/configuration.md");
    }

    private void seeAlso() {
        section("SEE ALSO");
        var root = command.root();
        var pages = new ArrayList<>(List.of(root.name()));
        root.subcommands()
                .values()
                .forEach(other -> pages.add(other.getCommandSpec().qualifiedName("-")));
        pages.remove(name());
        text(pages.stream().map(page -> page + "(1)").collect(Collectors.joining(", ")));
    }

    private static String summary(CommandSpec spec) {
        var description = String.join(" ", spec.usageMessage().description()).replace("%n", " ");
        var end = description.indexOf(". ");
        return (end < 0 ? description : description.substring(0, end)).replaceAll("\\.$", "");
    }

    private void section(String title) {
        macro("SH", quoted(title));
    }

    private void paragraph(String text) {
        for (var part : text.split("%n", -1)) {
            macro("PP");
            text(part);
        }
    }

    private void entry(String label, String text) {
        macro("TP");
        lines.add("\\fB" + escaped(label) + "\\fR");
        text(text.replace("%n", " "));
    }

    private void text(String text) {
        var escaped = escaped(text.strip());
        // A line that begins with a dot or a quote would be a macro.
        lines.add(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
    }

    private void macro(String name, String... arguments) {
        lines.add(("." + name + " " + String.join(" ", arguments)).strip());
    }

    private static String quoted(String text) {
        return '"' + escaped(text).replace("\"", "\\(dq") + '"';
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
