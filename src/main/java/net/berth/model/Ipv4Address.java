package net.berth.model;

import java.math.BigInteger;
import java.util.OptionalInt;

/**
 * An IPv4 address.
 *
 * @param bits the 32 bits, network order
 */
public record Ipv4Address(int bits) implements IpAddress {
    private static final int OCTETS = 4;

    static boolean isAddress(String text) {
        return read(text).isPresent();
    }

    static Ipv4Address parse(String text) {
        OptionalInt bits = read(text);
        if (bits.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 address such as 192.168.1.20");
        }
        return new Ipv4Address(bits.getAsInt());
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

    @Override
    public int width() {
        return 32;
    }

    @Override
    public BigInteger number() {
        return BigInteger.valueOf(Integer.toUnsignedLong(bits));
    }

    @Override
    public Ipv4Address plus(long steps) {
        long sum = Integer.toUnsignedLong(bits) + steps;
        if (sum < 0 || sum > 0xFFFF_FFFFL) {
            throw new ArithmeticException(this + " plus " + steps + " is outside of IPv4");
        }
        return new Ipv4Address((int) sum);
    }

    @Override
    public Ipv4Address network(int length) {
        return new Ipv4Address(bits & mask(length));
    }

    @Override
    public Ipv4Address last(int length) {
        return new Ipv4Address(bits | ~mask(length));
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }
}
