package net.berth.model;

import java.util.regex.Pattern;

/**
 * Which guest: the VMID alone is neither unique between clusters nor kept for one machine.
 *
 * @param cluster the cluster's name from the settings: letters, digits, {@code - _ .}
 * @param vmid Proxmox's number, at most 999999999; Proxmox itself begins at 100
 */
public record GuestId(String cluster, GuestType type, int vmid) implements Comparable<GuestId> {
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9._-]{1,63}");

    /** Refuses cluster names that would not survive in a key. */
    public GuestId {
        if (!CLUSTER.matcher(cluster).matches()) {
            throw new IllegalArgumentException(
                    "\"" + cluster + "\" is not a cluster name: 1 to 63 letters, digits, hyphens, dots, underscores");
        }
        if (vmid < 1 || vmid > 999_999_999) {
            throw new IllegalArgumentException(vmid + " is not a VMID");
        }
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
