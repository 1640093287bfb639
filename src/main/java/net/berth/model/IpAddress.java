package net.berth.model;

import java.util.OptionalInt;

/** An IPv4 address, the only family that Berth gives; the bits in network order. */
public record IpAddress(int bits) implements Comparable<IpAddress> {
    /** How many bits an address has. */
    public static final int WIDTH = 32;

    private static final int OCTETS = 4;

    /** True when {@link #parse} would accept the text. */
    public static boolean isAddress(String text) {
        return read(text).isPresent();
    }

    /** Reads the canonical form; throws IllegalArgumentException, which quotes the text, for another. */
    public static IpAddress parse(String text) {
        OptionalInt bits = read(text);
        if (bits.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 address such as 192.168.1.20");
        }
        return new IpAddress(bits.getAsInt());
    }

    // By hand: lists hold thousands of addresses, and a pattern takes ten times as long.
    private static OptionalInt read(String text) {
        int bits = 0;
        int at = 0;
        for (int octet = 0; octet < OCTETS; octet++) {
            int end = octet < OCTETS - 1 ? text.indexOf('.', at) : text.length();
            int value = end < 0 ? -1 : octet(text, at, end);
            if (value < 0) {
                return OptionalInt.empty();
            }
            bits = bits << 8 | value;
            at = end + 1;
        }
        return OptionalInt.of(bits);
    }

    /** Negative where the text is none. Leading zeros are refused: some readers take them for octal. */
    private static int octet(String text, int from, int to) {
        int length = to - from;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < to; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value <= 255 ? value : -1;
    }

    /** The address as an unsigned number. */
    public long number() {
        return Integer.toUnsignedLong(bits);
    }

    /** The address that lies {@code steps} behind this one. */
    public IpAddress plus(long steps) {
        long sum = number() + steps;
        if (sum < 0 || sum > 0xFFFF_FFFFL) {
            throw new ArithmeticException(this + " plus " + steps + " is outside of IPv4");
        }
        return new IpAddress((int) sum);
    }

    /** This address with all bits behind the first {@code length} cleared. */
    public IpAddress network(int length) {
        return new IpAddress(bits & mask(length));
    }

    /** This address with all bits behind the first {@code length} set. */
    public IpAddress last(int length) {
        return new IpAddress(bits | ~mask(length));
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << (WIDTH - length);
    }

    @Override
    public int compareTo(IpAddress other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }
}
