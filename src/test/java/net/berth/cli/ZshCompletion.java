package net.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion function of zsh, which shows descriptions that bash's cannot. */
final class ZshCompletion {
    private ZshCompletion() {}

    /** The text of the file {@code _berth}. */
    static String of(CommandSpec root) {
        var lines = new ArrayList<String>();
        lines.add("#compdef " + root.name());
        lines.add("");
        lines.add("local -a commands");
        lines.add("commands=(");
        root.subcommands().forEach((name, sub) -> lines.add("    " + quoted(name + ":" + summary(sub))));
        lines.add(")");
        lines.add("if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then");
        lines.add("    _describe command commands");
        lines.add("    return");
        lines.add("fi");
        lines.add("case $words[2] in");
        root.subcommands().forEach((name, sub) -> {
            lines.add("    " + name + ")");
            // What stands before the command is none of its arguments.
            lines.add("        shift words");
            lines.add("        (( CURRENT-- ))");
            lines.add("        " + arguments(sub.getCommandSpec()));
            lines.add("        ;;");
        });
        lines.add("    *) " + arguments(root) + " ;;");
        lines.add("esac");
        return String.join("\n", lines) + "\n";
    }

    private static String arguments(CommandSpec command) {
        var words = new ArrayList<String>(List.of("_arguments"));
        for (var option : command.options()) {
            if (!option.hidden()) {
                words.add(option(option));
            }
        }
        for (var positional : command.positionalParameters()) {
            words.add(quoted("*:" + plain(positional.paramLabel()) + ":" + values(positional)));
        }
        return String.join(" ", words);
    }

    private static String option(OptionSpec option) {
        var description = "[" + plain(String.join(" ", option.description())) + "]";
        var value = option.arity().max() == 0 ? "" : ":" + plain(option.paramLabel()) + ":" + values(option);
        if (option.names().length == 1) {
            return quoted(option.names()[0] + description + value);
        }
        var names = String.join(" ", option.names());
        return quoted("(" + names + ")") + "{" + String.join(",", option.names()) + "}" + quoted(description + value);
    }

    private static String values(ArgSpec arg) {
        if (java.nio.file.Path.class.isAssignableFrom(arg.type())) {
            return "_files";
        }
        var candidates = arg.completionCandidates();
        if (candidates == null) {
            return "";
        }
        return StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" ", "(", ")"));
    }

    private static String summary(CommandLine sub) {
        return plain(String.join(" ", sub.getCommandSpec().usageMessage().description()));
    }

    /** Brackets and colons mean something to _arguments. */
    private static String plain(String text) {
        return text.replace("%n", " ").replaceAll("[\\[\\]:]", "").strip();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
