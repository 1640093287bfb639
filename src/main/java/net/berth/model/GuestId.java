package net.berth.model;

/**
 * Which guest: the VMID alone is neither unique between clusters nor kept for one machine.
 *
 * @param cluster the cluster's name from the settings: letters, digits, {@code - _ .}
 * @param vmid Proxmox's number, at most 999999999; Proxmox itself begins at 100
 */
public record GuestId(String cluster, GuestType type, int vmid) implements Comparable<GuestId> {
    private static final int LONGEST_CLUSTER = 63;

    /** Refuses cluster names that would not survive in a key. */
    public GuestId {
        if (!isCluster(cluster)) {
            throw new IllegalArgumentException(
                    "\"" + cluster + "\" is not a cluster name: 1 to 63 letters, digits, hyphens, dots, underscores");
        }
        if (vmid < 1 || vmid > 999_999_999) {
            throw new IllegalArgumentException(vmid + " is not a VMID");
        }
    }

    // By hand: each look at a row's key makes one, and a pattern takes ten times as long.
    private static boolean isCluster(String text) {
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            boolean letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
            if (!letter && !(sign >= '0' && sign <= '9') && sign != '.' && sign != '_' && sign != '-') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST_CLUSTER;
    }

    @Override
    public int compareTo(GuestId other) {
        int byVmid = Integer.compare(vmid, other.vmid);
        return byVmid != 0 ? byVmid : toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return cluster + "/" + type + "/" + vmid;
    }
}
