package net.berth.model;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * An IPv4 address.
 *
 * @param bits the 32 bits, network order
 */
public record Ipv4Address(int bits) implements IpAddress {
    // Leading zeros are refused: some readers take them for octal.
    private static final Pattern TEXT =
            Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");

    static boolean isAddress(String text) {
        return TEXT.matcher(text).matches();
    }

    static Ipv4Address parse(String text) {
        if (!isAddress(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 address such as 192.168.1.20");
        }
        int bits = 0;
        for (String octet : text.split("\\.", -1)) {
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return new Ipv4Address(bits);
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
