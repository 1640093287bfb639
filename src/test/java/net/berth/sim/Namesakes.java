package net.berth.sim;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The state at the end of a run with the names taken out that several guests want: when the one that has such a name goes,
 * the first of the others that Berth looks at takes it, and which that is, is a matter of time.
 */
final class Namesakes {
    private static final Pattern ROW =
            Pattern.compile("(?<address>[\\d.]+) pve:\\w+:(?<guest>\\w+:\\d+):\\S+ (?<name>\\S+) .*");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private Namesakes() {}

    static List<String> alike(String end) {
        List<Matcher> rows =
                end.lines().map(ROW::matcher).filter(Matcher::matches).toList();
        Map<String, Set<String>> guests = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.group("name"),
                        Collectors.mapping(row -> row.group("guest"), Collectors.toCollection(TreeSet::new))));
        Map<String, String> shared = rows.stream()
                .filter(row -> guests.get(row.group("name")).size() > 1)
                .collect(Collectors.toMap(row -> row.group("address"), row -> row.group("name")));
        return end.lines().map(line -> without(line, shared)).sorted().toList();
    }

    private static String without(String line, Map<String, String> shared) {
        Matcher address = ADDRESS.matcher(line);
        if (!address.find() || !shared.containsKey(address.group())) {
            return line;
        }
        String name = shared.get(address.group());
        if (line.startsWith("record ")) {
            return "record of one of " + name;
        }
        return line.replaceAll("(^mapping|" + Pattern.quote(name) + ") \\S+", "$1 of one of " + name);
    }
}
