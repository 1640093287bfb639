package net.berth.edgemax.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The ranges from which the router gives addresses to clients, such as those of a VPN. They are found by the form of the
 * words: {@code start} and {@code stop}, in one line or in two lines of one node, or both ends in one value.
 */
final class ConfigRanges {
    private static final String ADDRESS = "([0-9]{1,3}(?:\\.[0-9]{1,3}){3})";
    private static final Pattern ENDS = Pattern.compile("(?<![0-9.])" + ADDRESS + "-" + ADDRESS + "(?![0-9.])");
    private static final String OPTION = "dhcp-range=";
    private static final Pattern OPTION_ENDS = Pattern.compile("[=,]" + ADDRESS + "," + ADDRESS + "(?=,|$)");
    private static final String START = "start";
    private static final String STOP = "stop";

    private ConfigRanges() {}

    static List<AddressRange> of(List<ConfigLine> lines) {
        List<List<String>> all = lines.stream()
                .map(ConfigLine::words)
                .filter(words -> !ConfigAddresses.isRule(words))
                .toList();
        Map<List<String>, String> stops = new HashMap<>();
        all.stream().filter(words -> isEnd(words, STOP)).forEach(words -> stops.put(node(words), words.getLast()));
        Stream<AddressRange> inTwoLines = all.stream()
                .filter(words -> isEnd(words, START))
                .flatMap(words -> range(words.getLast(), stops.get(node(words))).stream());
        return Stream.concat(inTwoLines, all.stream().flatMap(ConfigRanges::inOneLine))
                .distinct()
                .toList();
    }

    private static boolean isEnd(List<String> words, String which) {
        return words.size() > 2 && words.get(words.size() - 2).equals(which);
    }

    private static List<String> node(List<String> words) {
        return words.subList(0, words.size() - 2);
    }

    private static Stream<AddressRange> inOneLine(List<String> words) {
        int start = words.indexOf(START);
        boolean both = start >= 0 && start == words.lastIndexOf(STOP) - 2 && start == words.size() - 4;
        return both
                ? range(words.get(start + 1), words.getLast()).stream()
                : words.stream().flatMap(ConfigRanges::inOneWord);
    }

    private static Stream<AddressRange> inOneWord(String word) {
        Pattern ends = word.startsWith(OPTION) ? OPTION_ENDS : ENDS;
        return ends.matcher(word).results().flatMap(found -> range(found.group(1), found.group(2)).stream());
    }

    /** Empty for what is no range, or only the half of one. */
    static Optional<AddressRange> range(String first, @Nullable String last) {
        if (last == null || !IpAddress.isAddress(first) || !IpAddress.isAddress(last)) {
            return Optional.empty();
        }
        IpAddress from = IpAddress.parse(first);
        IpAddress to = IpAddress.parse(last);
        return from.compareTo(to) <= 0 ? Optional.of(new AddressRange(from, to)) : Optional.empty();
    }
}
