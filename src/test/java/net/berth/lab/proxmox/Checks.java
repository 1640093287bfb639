package net.berth.lab.proxmox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The checks of single values in Proxmox's schema, with its texts. */
final class Checks {
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])(?:\\.(?!$)|$)){4}");
    private static final Pattern UNICAST_MAC = Pattern.compile("(?i)[0-9a-f][02468ace](?::[0-9a-f]{2}){5}");
    private static final Set<String> TRUE = Set.of("1", "on", "yes", "true");
    private static final Set<String> FALSE = Set.of("0", "off", "no", "false");

    private Checks() {}

    static Function<String, Optional<String>> integer(int min, int max) {
        return value -> {
            if (!value.matches("[+-]?\\d{1,15}")) {
                return Optional.of("type check ('integer') failed - got '" + value + "'");
            }
            return range(Double.parseDouble(value), min, max);
        };
    }

    static Function<String, Optional<String>> number(int min) {
        return value -> {
            if (!value.matches("[+-]?\\d+(\\.\\d+)?")) {
                return Optional.of("type check ('number') failed - got '" + value + "'");
            }
            return range(Double.parseDouble(value), min, Integer.MAX_VALUE);
        };
    }

    private static Optional<String> range(double value, int min, int max) {
        if (value < min) {
            return Optional.of("value must have a minimum value of " + min);
        }
        return value > max ? Optional.of("value must have a maximum value of " + max) : Optional.empty();
    }

    static Optional<String> bool(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        return TRUE.contains(word) || FALSE.contains(word)
                ? Optional.empty()
                : Optional.of("type check ('boolean') failed - got '" + value + "'");
    }

    static String boolPrinted(String value) {
        return TRUE.contains(value.toLowerCase(Locale.ROOT)) ? "1" : "0";
    }

    static Optional<String> mac(String value) {
        return unless(UNICAST_MAC.matcher(value).matches(), "value does not look like a valid unicast MAC address");
    }

    static Optional<String> bridge(String value) {
        return unless(value.matches("[-_.\\w]+"), "invalid bridge ID '" + value + "'");
    }

    static Function<String, Optional<String>> oneOf(String... words) {
        return value -> Set.of(words).contains(value)
                ? Optional.empty()
                : Optional.of("value '" + value + "' does not have a value in the enumeration '"
                        + String.join(", ", words) + "'");
    }

    static Function<String, Optional<String>> pattern(String regex) {
        return value -> value.matches(regex) ? Optional.empty() : Optional.of("value does not match the regex pattern");
    }

    static Function<String, Optional<String>> ipv4Config(String... words) {
        return config(words, value -> cidr(value, Checks::isIpv4, 32), "ipv4");
    }

    static Function<String, Optional<String>> ipv6Config(String... words) {
        return config(words, value -> cidr(value, Checks::isIpv6, 128), "ipv6");
    }

    private static Function<String, Optional<String>> config(String[] words, Predicate<String> cidr, String family) {
        return value -> unless(
                Set.of(words).contains(value) || cidr.test(value),
                "value does not look like a valid " + family + " network configuration");
    }

    static Optional<String> ipv4(String value) {
        return unless(isIpv4(value), "value does not look like a valid IPv4 address");
    }

    static Optional<String> ipv6(String value) {
        return unless(isIpv6(value), "value does not look like a valid IPv6 address");
    }

    private static Optional<String> unless(boolean good, String text) {
        return good ? Optional.empty() : Optional.of("invalid format - " + text);
    }

    private static boolean cidr(String value, Predicate<String> address, int longest) {
        int slash = value.indexOf('/');
        return slash > 0
                && address.test(value.substring(0, slash))
                && value.substring(slash + 1).matches("\\d{1,3}")
                && Integer.parseInt(value.substring(slash + 1)) >= 8
                && Integer.parseInt(value.substring(slash + 1)) <= longest;
    }

    private static boolean isIpv4(String value) {
        return IPV4.matcher(value).matches();
    }

    private static boolean isIpv6(String value) {
        if (!value.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return false;
        }
        try {
            return InetAddress.getByName(value) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
