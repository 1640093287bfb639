package net.berth.lab.nipap;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A prefix of either family, as PostgreSQL's cidr has it: ordered by address, then by length. */
record Cidr(BigInteger network, int length, int width) implements Comparable<Cidr> {
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** The same text forms and the same faults as the database behind nipapd. */
    static Cidr parse(String text) {
        Cidr loose = inet(text);
        if (!loose.masked(loose.length).network.equals(loose.network)) {
            throw Fault.value("Invalid prefix (" + text + "); bits set to right of mask. Network address for current "
                    + "mask: " + loose.masked(loose.length));
        }
        return loose;
    }

    /** As {@link #parse}, but with host bits allowed. */
    static Cidr inet(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean v4 = V4.matcher(address).matches();
        if (!v4 && !V6.matcher(address).matches()) {
            throw invalid(text);
        }
        int width = v4 ? 32 : 128;
        try {
            int length = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
            if (length < 0 || length > width) {
                throw invalid(text);
            }
            return new Cidr(new BigInteger(1, InetAddress.getByName(address).getAddress()), length, width);
        } catch (NumberFormatException | UnknownHostException e) {
            throw invalid(text);
        }
    }

    private static Fault invalid(String text) {
        return Fault.value("Invalid syntax for prefix (" + text + ")");
    }

    int family() {
        return width == 32 ? 4 : 6;
    }

    boolean isHost() {
        return length == width;
    }

    BigInteger size() {
        return BigInteger.ONE.shiftLeft(width - length);
    }

    Cidr masked(int newLength) {
        BigInteger low = BigInteger.ONE.shiftLeft(width - newLength).subtract(BigInteger.ONE);
        return new Cidr(network.andNot(low), newLength, width);
    }

    BigInteger last() {
        return network.add(size()).subtract(BigInteger.ONE);
    }

    boolean containsOrEquals(Cidr other) {
        return width == other.width
                && length <= other.length
                && other.masked(length).network.equals(network);
    }

    boolean contains(Cidr other) {
        return length < other.length && containsOrEquals(other);
    }

    /** The address with another length behind it, host bits and all: NIPAP's display_prefix. */
    String withLength(int other) {
        // PostgreSQL's inet leaves a full length out; its cidr does not.
        return other == width ? address() : address() + "/" + other;
    }

    String address() {
        byte[] raw = network.toByteArray();
        byte[] bytes = new byte[width / 8];
        int count = Math.min(raw.length, bytes.length);
        System.arraycopy(raw, raw.length - count, bytes, bytes.length - count, count);
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return width == 32 ? address.getHostAddress() : compressed(address.getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The longest run of zero groups as two colons. */
    private static String compressed(String full) {
        String best = "";
        int at = 0;
        var runs = Pattern.compile("(?:(?<![0-9a-f])0(?::|$)){2,}").matcher(full);
        while (runs.find()) {
            if (runs.group().length() > best.length()) {
                best = runs.group();
                at = runs.start();
            }
        }
        if (best.isEmpty()) {
            return full;
        }
        String head = full.substring(0, at);
        return (head.isEmpty() ? ":" : head) + ":" + full.substring(at + best.length());
    }

    @Override
    public int compareTo(Cidr other) {
        int byFamily = Integer.compare(width, other.width);
        int byAddress = byFamily != 0 ? byFamily : network.compareTo(other.network);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address() + "/" + length;
    }
}
