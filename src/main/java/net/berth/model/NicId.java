package net.berth.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which NIC of which guest: N of {@code netN}, 0 to 31. */
public record NicId(GuestId guest, int index) implements Comparable<NicId> {
    // Only the very text that externalKey() makes: another spelling would be Berth's row and yet no NIC's.
    private static final Pattern KEY =
            Pattern.compile("pve:([A-Za-z0-9._-]{1,63}):(qemu|lxc):([1-9][0-9]{0,8}):net(0|[1-9][0-9]?)");

    /** Refuses indexes that Proxmox does not have. */
    public NicId {
        if (index < 0 || index > 31) {
            throw new IllegalArgumentException("net" + index + " is no NIC: net0 to net31");
        }
    }

    public String name() {
        return "net" + index;
    }

    /** The {@code external_key} of the NIC's row in NIPAP. */
    public String externalKey() {
        return keyPrefix(guest) + name();
    }

    /** What the keys of all NICs of one guest begin with. */
    public static String keyPrefix(GuestId guest) {
        return "pve:" + guest.cluster() + ":" + guest.type() + ":" + guest.vmid() + ":";
    }

    /** The NIC that a row's key names; empty when Berth did not write the key. */
    public static Optional<NicId> ofExternalKey(String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches() || Integer.parseInt(parts.group(4)) > 31) {
            return Optional.empty();
        }
        GuestId guest = new GuestId(parts.group(1), GuestType.of(parts.group(2)), Integer.parseInt(parts.group(3)));
        return Optional.of(new NicId(guest, Integer.parseInt(parts.group(4))));
    }

    @Override
    public int compareTo(NicId other) {
        int byGuest = guest.compareTo(other.guest);
        return byGuest != 0 ? byGuest : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return guest + " " + name();
    }
}
