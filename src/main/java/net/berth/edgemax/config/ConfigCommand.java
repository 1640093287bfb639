package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.berth.edgemax.ssh.RouterText;

/**
 * One set or delete of the router's config, and the grammar of the only lines that may reach its config system: what a
 * guest is called cannot turn one into another. The grammar is applied twice: to the words when a command is made, and to
 * the finished line just before it is sent. A failure here is a bug of Berth's, never an answer.
 */
public record ConfigCommand(Verb verb, List<String> path) {
    private static final String MAPPING_NODE =
            "service dhcp-server shared-network-name <word> subnet <net> static-mapping <word>";
    private static final String HOST_NODE = "system static-host-mapping host-name <host>";
    private static final List<Pattern> SETS = List.of(
            shape(MAPPING_NODE),
            shape(HOST_NODE),
            shape(MAPPING_NODE + " ip-address <ipv4>"),
            shape(MAPPING_NODE + " mac-address <mac>"),
            shape(MAPPING_NODE + " disable"),
            shape(MAPPING_NODE + " static-mapping-parameters <text>"),
            shape(MAPPING_NODE + " host-record <word>"),
            shape(HOST_NODE + " inet <inet>"),
            shape(HOST_NODE + " alias <text>"));
    // Never a node above one entry: a delete there would take foreign entries along.
    private static final List<Pattern> DELETES = List.of(shape(MAPPING_NODE), shape(HOST_NODE));
    private static final Pattern LINE = Pattern.compile("run ([0-9]+) \"\\$W\" (set|delete)((?: '[^'\\p{Cntrl}]*')+)");
    private static final Pattern WORD = Pattern.compile(" '([^']*)'");
    // Between words. The router may print it within one, which fits no shape then: one word never counts as two.
    private static final char GAP = '\u0000';

    /** What it does. */
    public enum Verb {
        SET,
        DELETE;

        String word() {
            return this == SET ? "set" : "delete";
        }
    }

    /** Refuses every shape that is not in the grammar. */
    public ConfigCommand {
        check(verb, path);
    }

    public static ConfigCommand set(List<String> node, String... more) {
        return new ConfigCommand(Verb.SET, Nodes.under(node, more));
    }

    public static ConfigCommand delete(List<String> node, String... more) {
        return new ConfigCommand(Verb.DELETE, Nodes.under(node, more));
    }

    /** As the shell gets it: every word in single quotes, which no value can hold. */
    public String shellText() {
        return "\"$W\" " + verb.word()
                + path.stream().map(word -> " '" + word + "'").collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return verb.word() + " " + String.join(" ", path);
    }

    private static Pattern shape(String words) {
        String pattern = words.replace(".", "\\.")
                .replace(' ', GAP)
                // The config is kept in folders named by its words: never one or two dots alone.
                .replace("<word>", "(?!\\.{1,2}(?:\u0000|$))[-_a-zA-Z0-9.]{1,253}")
                .replace("<net>", "[0-9.]{7,15}/[0-9]{1,2}")
                .replace("<host>", "[A-Za-z0-9][-.A-Za-z0-9]{0,251}[A-Za-z0-9]")
                .replace("<ipv4>", "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}")
                .replace("<inet>", "[0-9a-fA-F:.]{2,45}")
                .replace("<mac>", "[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}")
                .replace("<text>", "[^'\"\\p{Cntrl}]{1,1000}");
        return Pattern.compile(pattern);
    }

    /** Whether a line of the config could be set again as it is. */
    public static boolean canSet(List<String> path) {
        return fits(SETS, path);
    }

    private static boolean fits(List<Pattern> shapes, List<String> path) {
        String joined = String.join(String.valueOf(GAP), path);
        return path.stream().noneMatch(word -> word.indexOf(GAP) >= 0)
                && shapes.stream().anyMatch(shape -> shape.matcher(joined).matches());
    }

    private static void check(Verb verb, List<String> path) {
        if (!fits(verb == Verb.SET ? SETS : DELETES, path)) {
            throw new IllegalArgumentException(
                    "not a line that Berth may send to the router: " + RouterText.printable(String.join(" ", path)));
        }
    }

    /** Checks a finished line, parsed from scratch, against this command: it must say this and be in the grammar. */
    public void check(String line, int number) {
        Matcher matcher = LINE.matcher(line);
        boolean good = matcher.matches()
                && matcher.group(1).equals(Integer.toString(number))
                && matcher.group(2).equals(verb.word())
                && words(matcher.group(3)).equals(path);
        if (!good) {
            throw new IllegalArgumentException("the line does not say what was meant: " + RouterText.printable(line));
        }
        check(verb, words(matcher.group(3)));
    }

    private static List<String> words(String quoted) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(quoted);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }
}
