package net.berth.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;

/** The forms of the values in the settings file. */
final class Forms {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern HOST = Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?:\\.(?!-)[A-Za-z0-9-]{1,63})*");
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final Pattern FINGERPRINT = Pattern.compile("(?:[0-9A-F]{2}:){31}[0-9A-F]{2}|[0-9A-F]{64}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_DOMAIN = 190; // leaves room for a guest's label within 253

    private Forms() {}

    /** An address or a name to listen on, an IPv6 address without brackets; port 0 for any that is free. */
    record HostPort(String host, int port) {}

    static Form<String> matching(String regex, String allowed) {
        var pattern = Pattern.compile(regex);
        return checked(
                allowed, Function.identity(), text -> pattern.matcher(text).matches());
    }

    static Form<Integer> number(int lowest, int highest) {
        var allowed = "a whole number from " + lowest + " to " + highest;
        return checked(allowed, Forms::integer, number -> number >= lowest && number <= highest);
    }

    static Form<Integer> port() {
        return number(1, MAX_PORT);
    }

    static Form<Boolean> flag() {
        return oneOf(List.of("true", "false")).then(Boolean::valueOf);
    }

    /** One of an enum's words: {@code FIRST_BOOT} is written {@code first-boot}. */
    static <E extends Enum<E>> Form<E> word(Class<E> type) {
        var words = Arrays.stream(type.getEnumConstants()).map(Forms::word).toList();
        return oneOf(words).then(word -> type.getEnumConstants()[words.indexOf(word)]);
    }

    static Form<String> oneOf(List<String> words) {
        return checked("one of: " + String.join(", ", words), Function.identity(), words::contains);
    }

    static Form<Duration> duration() {
        var allowed = "a duration such as 10s, 10m, 24h or 7d, from 1s to " + LONGEST.toDays() + "d";
        return checked(
                allowed,
                Forms::parseDuration,
                time -> time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(LONGEST) <= 0);
    }

    static Form<HostPort> listen() {
        return checked(
                "HOST:PORT such as 127.0.0.1:8480, or 0.0.0.0:8480 for all addresses",
                text -> {
                    var parts = HOST_PORT.matcher(text);
                    if (!parts.matches()) {
                        throw new IllegalArgumentException(text);
                    }
                    var host = parts.group(1) == null ? parts.group(2) : parts.group(1);
                    return new HostPort(host, Integer.parseInt(parts.group(3)));
                },
                listen -> listen.port() <= MAX_PORT && (listen.host().indexOf(':') >= 0 || isHost(listen.host())));
    }

    static Form<String> host() {
        return checked("a host name or an IPv4 address", Function.identity(), Forms::isHost);
    }

    /** A guest's name: the first label of a DNS name, or all of it. */
    static Form<String> guestName() {
        return checked(
                "a host name such as web or web.home.lan",
                text -> text.toLowerCase(Locale.ROOT),
                text -> HOST.matcher(text).matches() && !IpAddress.isAddress(text));
    }

    static Form<String> domain() {
        var allowed = "a DNS domain such as home.lan, without a dot at its end";
        return checked(
                allowed,
                text -> text.toLowerCase(Locale.ROOT),
                text -> text.length() <= MAX_DOMAIN && HOST.matcher(text).matches() && !IpAddress.isAddress(text));
    }

    /** The address of one node: the API's path is the client's business. */
    static Form<URI> proxmoxUrl() {
        return checked(
                "https://HOST:PORT such as https://pve1.home.lan:8006",
                Forms::uri,
                uri -> "https".equals(uri.getScheme())
                        && isPlain(uri)
                        && List.of("", "/").contains(uri.getPath()));
    }

    static Form<URI> nipapUrl() {
        return checked(
                "http:// or https://HOST:PORT/PATH such as http://nipap.home.lan:1337/XMLRPC",
                Forms::uri,
                uri -> List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                        && isPlain(uri)
                        && uri.getPath().length() > 1);
    }

    /** Where a receiver of events listens. What is wrong is not quoted: such an address may hold a token. */
    static Form<URI> webhookUrl() {
        return checked(
                "http:// or https://HOST:PORT/PATH, without a user and without #",
                Forms::uri,
                uri -> List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                        && hasHost(uri)
                        && uri.getFragment() == null,
                text -> "another address (not shown: it may hold a token)");
    }

    static Form<String> fingerprint() {
        return checked(
                "the SHA-256 fingerprint of the certificate, 32 bytes in hex such as AB:CD:...",
                text -> text.toUpperCase(Locale.ROOT),
                text -> FINGERPRINT.matcher(text).matches());
    }

    static Form<IpAddress> address() {
        return checked("an IPv4 address such as 192.168.1.1", IpAddress::parse, address -> true);
    }

    static Form<Prefix> prefix() {
        return checked(
                "an IPv4 prefix without host bits such as 192.168.1.0/24, from /8 to /30",
                Prefix::parse,
                prefix -> prefix.length() >= 8 && prefix.length() <= 30);
    }

    static Form<AddressRange> range() {
        return checked(
                "an address, FIRST-LAST, or a prefix such as 192.168.1.16/28", AddressRange::parse, range -> true);
    }

    /** Every value that cannot be read or is not fit is refused by quoting it. */
    private static <T> Form<T> checked(String allowed, Function<String, T> read, Predicate<T> fit) {
        return checked(allowed, read, fit, Quote::of);
    }

    private static <T> Form<T> checked(
            String allowed, Function<String, T> read, Predicate<T> fit, UnaryOperator<String> shown) {
        return new Form<>(allowed, text -> {
            T value;
            try {
                value = read.apply(text);
            } catch (IllegalArgumentException e) {
                throw new Form.Refused(shown.apply(text));
            }
            if (!fit.test(value)) {
                throw new Form.Refused(shown.apply(text));
            }
            return value;
        });
    }

    private static int integer(String text) {
        if (!text.matches("0|[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(text);
        }
        return Integer.parseInt(text);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration parseDuration(String text) {
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        var count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static boolean isHost(String text) {
        return text.length() <= 253
                && HOST.matcher(text).matches()
                && (IpAddress.isAddress(text) || !text.matches("[0-9.]+"));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static boolean isPlain(URI uri) {
        return hasHost(uri) && uri.getQuery() == null && uri.getFragment() == null;
    }

    private static boolean hasHost(URI uri) {
        return uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
    }
}
