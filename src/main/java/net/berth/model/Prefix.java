package net.berth.model;

/** A network prefix such as {@code 192.168.1.0/24}; no bit of the address behind {@code length} is set. */
public record Prefix(IpAddress network, int length) {

    /** Refuses lengths outside of IPv4 and addresses with host bits. */
    public Prefix {
        if (length < 0 || length > IpAddress.WIDTH) {
            throw new IllegalArgumentException("/" + length + " is no prefix length of " + network);
        }
        if (!network.network(length).equals(network)) {
            throw new IllegalArgumentException(network + "/" + length + " has host bits set; the prefix is "
                    + network.network(length) + "/" + length);
        }
    }

    /** Reads {@code address/length}; throws IllegalArgumentException with what is wrong. */
    public static Prefix parse(String text) {
        InterfaceAddress parts = InterfaceAddress.parse(text);
        return new Prefix(parts.address(), parts.length());
    }

    /** True when the address lies inside. */
    public boolean contains(IpAddress address) {
        return address.network(length).equals(network);
    }

    /** True when the two share an address. */
    public boolean overlaps(Prefix other) {
        return contains(other.network) || other.contains(network);
    }

    /** The last address inside (IPv4: the broadcast address). */
    public IpAddress last() {
        return network.last(length);
    }

    /** True when a NIC may hold the address: inside, and neither network nor broadcast (RFC 3021: a /31 has neither). */
    public boolean isHost(IpAddress address) {
        boolean small = length >= IpAddress.WIDTH - 1;
        return contains(address) && (small || (!address.equals(network) && !address.equals(last())));
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
