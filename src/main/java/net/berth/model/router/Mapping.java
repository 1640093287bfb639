package net.berth.model.router;

import java.util.Optional;
import java.util.regex.Pattern;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/**
 * A DHCP static mapping of the router, ours or a human's. The texts are as the router has them: a human's mapping may
 * lack its address or its MAC.
 *
 * @param subnet the subnet as the router writes it, such as {@code 192.168.1.0/24}
 * @param addressText the address; empty when missing
 * @param macText the MAC in the router's spelling; empty when missing
 * @param disabled whether a human switched it off
 */
public record Mapping(
        String sharedNetwork, String subnet, String name, String addressText, String macText, boolean disabled)
        implements RouterEntry {
    // With dnsmasq it becomes a DNS name, in which no part is empty or longer; the domain comes behind it.
    private static final Pattern NAME = Pattern.compile("[_a-zA-Z0-9][-_a-zA-Z0-9]{0,62}(?:\\.[-_a-zA-Z0-9]{1,63})*");
    private static final int LONGEST_NAME = 190;

    /** Whether the router takes it as a mapping's name: more than a host name, as people call theirs by hand. */
    public static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
    }

    /** A whole mapping as Berth writes it; the MAC in lower case. */
    public static Mapping of(DhcpSubnet subnet, String name, IpAddress address, MacAddress mac) {
        return new Mapping(
                subnet.sharedNetwork(), subnet.prefix().toString(), name, address.toString(), mac.lowerCase(), false);
    }

    /** The address; empty when missing or not readable. */
    public Optional<IpAddress> address() {
        return IpAddress.isAddress(addressText) ? Optional.of(IpAddress.parse(addressText)) : Optional.empty();
    }

    /** The MAC; empty when missing or not readable. */
    public Optional<MacAddress> mac() {
        return MacAddress.isMac(macText) ? Optional.of(MacAddress.parse(macText)) : Optional.empty();
    }

    public boolean maps(IpAddress wanted) {
        return address().filter(wanted::equals).isPresent();
    }

    /** Whether it is for this MAC, in any spelling. */
    public boolean maps(MacAddress wanted) {
        return mac().filter(wanted::equals).isPresent();
    }

    @Override
    public String toString() {
        return "mapping " + name + " (" + macText + " -> " + addressText + ", " + sharedNetwork
                + (disabled ? ", disabled)" : ")");
    }
}
