package net.berth.lab.edgeos;

import java.util.Optional;
import java.util.regex.Pattern;

/** The value checks of the config system, with its texts. */
enum ValueType {
    TXT,
    BOOL,
    SWITCH,
    U32,
    IPV4,
    IPV4NET,
    INET,
    MAC,
    MAPNAME,
    HOSTNAME,
    DOMAIN;

    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    /** Why the value is refused, as the config system says it; empty when it is good. */
    Optional<String> refuse(String value) {
        if (value.indexOf('\'') >= 0) {
            return Optional.of("Cannot use the single quote (') character in a value string\n");
        }
        if (value.indexOf('"') >= 0) {
            return Optional.of("Cannot use the double quote (\") character in a value string\n");
        }
        if (value.indexOf('\n') >= 0) {
            return Optional.of("Cannot use the newline character in a value string\n");
        }
        return good(value) ? Optional.empty() : Optional.of(complaint(value));
    }

    private boolean good(String value) {
        return switch (this) {
            case TXT -> true;
            case BOOL -> value.equals("true") || value.equals("false");
            case SWITCH -> value.equals("enable") || value.equals("disable");
            case U32 -> value.matches("[0-9]{1,10}");
            case IPV4 -> ipv4(value);
            case IPV4NET ->
                value.matches("[0-9.]+/([0-9]|[12][0-9]|3[0-2])") && ipv4(value.substring(0, value.indexOf('/')));
            case INET -> ipv4(value) || ipv6(value);
            case MAC -> value.matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}");
            case MAPNAME -> value.matches("[-_a-zA-Z0-9.]+");
            case HOSTNAME -> value.matches("[A-Za-z0-9][-.A-Za-z0-9]*[A-Za-z0-9]");
            case DOMAIN -> value.matches("[-a-zA-Z0-9.]{0,63}");
        };
    }

    private String complaint(String value) {
        return switch (this) {
            case MAPNAME -> "invalid static-mapping name \"" + value + "\"\n\n";
            case HOSTNAME -> "invalid host name " + value + "\n\n";
            case DOMAIN -> "invalid domain name " + value + "\n\n";
            case IPV4 -> "\"" + value + "\" is not a valid value" + (ipv6(value) ? " of type \"ipv4\"\n" : "\n");
            default -> "\"" + value + "\" is not a valid value\n";
        };
    }

    private static boolean ipv4(String value) {
        return V4.matcher(value).matches();
    }

    private static boolean ipv6(String value) {
        return value.indexOf(':') >= 0 && value.matches("[0-9A-Fa-f:.]{2,45}") && !value.contains(":::");
    }
}
