package net.berth.model;

import java.util.Optional;

/** Which NIC of which guest: N of {@code netN}, 0 to 31. */
public record NicId(GuestId guest, int index) implements Comparable<NicId> {
    private static final String NET = "net";
    private static final int PARTS = 5;

    /** Refuses indexes that Proxmox does not have. */
    public NicId {
        if (index < 0 || index > 31) {
            throw new IllegalArgumentException("net" + index + " is no NIC: net0 to net31");
        }
    }

    /** {@code net0}. */
    public String name() {
        return NET + index;
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
        String[] parts = key.split(":", -1);
        if (parts.length != PARTS || !parts[4].startsWith(NET)) {
            return Optional.empty();
        }
        try {
            GuestId guest = new GuestId(parts[1], GuestType.of(parts[2]), Integer.parseInt(parts[3]));
            NicId nic = new NicId(guest, Integer.parseInt(parts[4].substring(NET.length())));
            // Another spelling would be Berth's row and yet no NIC's.
            return Optional.of(nic).filter(found -> found.externalKey().equals(key));
        } catch (IllegalArgumentException notBerths) {
            return Optional.empty();
        }
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
