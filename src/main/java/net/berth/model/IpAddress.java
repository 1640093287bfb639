package net.berth.model;

import java.math.BigInteger;

/** An IP address of either family. IPv4 is what Berth assigns today; nothing that holds an address assumes it. */
public sealed interface IpAddress extends Comparable<IpAddress> permits Ipv4Address {

    /**
     * Reads an address in its canonical text form.
     *
     * @throws IllegalArgumentException when the text is no address; the message quotes the text
     */
    static IpAddress parse(String text) {
        return Ipv4Address.parse(text);
    }

    /** True when {@link #parse} would accept the text. */
    static boolean isAddress(String text) {
        return Ipv4Address.isAddress(text);
    }

    /** How many bits an address of this family has. */
    int width();

    /** The address as a number of {@link #width()} bits. */
    BigInteger number();

    /** The address that lies {@code steps} behind this one. */
    IpAddress plus(long steps);

    /** This address with all bits behind the first {@code length} cleared. */
    IpAddress network(int length);

    /** This address with all bits behind the first {@code length} set. */
    IpAddress last(int length);

    @Override
    default int compareTo(IpAddress other) {
        int byWidth = Integer.compare(width(), other.width());
        return byWidth != 0 ? byWidth : number().compareTo(other.number());
    }
}
