package net.berth.model;

/** An address as an interface holds it, with the length of its network's prefix: {@code 192.168.1.20/24}. */
public record InterfaceAddress(IpAddress address, int length) {

    /** Refuses lengths outside of IPv4. */
    public InterfaceAddress {
        if (length < 0 || length > IpAddress.WIDTH) {
            throw new IllegalArgumentException("/" + length + " is no prefix length of " + address);
        }
    }

    /** Reads {@code address/length}; throws IllegalArgumentException for another form. */
    public static InterfaceAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form 192.168.1.20/24");
        }
        return new InterfaceAddress(
                IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
