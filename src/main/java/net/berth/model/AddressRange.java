package net.berth.model;

import java.util.Optional;

/** All addresses from one to another, both included. */
public record AddressRange(IpAddress first, IpAddress last) {

    /** Refuses a range that runs backwards. */
    public AddressRange {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException(first + "-" + last + " runs backwards");
        }
    }

    /** Reads {@code a-b}, a single address, or a prefix; throws IllegalArgumentException for another text. */
    public static AddressRange parse(String text) {
        if (text.indexOf('/') >= 0) {
            Prefix prefix = Prefix.parse(text);
            return new AddressRange(prefix.network(), prefix.last());
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            IpAddress only = IpAddress.parse(text);
            return new AddressRange(only, only);
        }
        return new AddressRange(
                IpAddress.parse(text.substring(0, dash).strip()),
                IpAddress.parse(text.substring(dash + 1).strip()));
    }

    /** How many addresses. */
    public long size() {
        return last.number() - first.number() + 1;
    }

    /** True when the address lies inside. */
    public boolean contains(IpAddress address) {
        return first.compareTo(address) <= 0 && last.compareTo(address) >= 0;
    }

    /** What lies behind an address; empty when it is the last one. */
    public Optional<AddressRange> behind(IpAddress address) {
        return address.compareTo(last) < 0 ? Optional.of(new AddressRange(address.plus(1), last)) : Optional.empty();
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
