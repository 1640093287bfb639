package net.berth.model.row;

import java.util.List;

/** Names of the extra attributes in Berth's rows. Others that begin with {@code berth-} are kept as they are. */
public final class RowAttributes {
    /** The NIC's MAC address, upper case. */
    public static final String MAC = "berth-mac";
    /** The smbios uuid of a VM. */
    public static final String UUID = "berth-uuid";
    /** {@link #YES} once the guest's first start is over: cloud-init has run on its disk. */
    public static final String BOOTED = "berth-booted";
    /** Value of {@link #BOOTED}. */
    public static final String YES = "yes";
    /** When a quarantined row may be freed: ISO 8601, UTC. NIPAP's own {@code expires} has no zone when it is read. */
    public static final String FREE_AT = "berth-free-at";
    /** Why the NIC has this address, in words. */
    public static final String ORIGIN = "berth-origin";
    /** When the row became the NIC's: ISO 8601, UTC, whole seconds. NIPAP's own {@code added} has no zone. */
    public static final String CLAIMED = "berth-claimed";

    /** The name of the mapping where it is not the label of the DNS name: adopted, or taken on the router. */
    public static final String MAPPING = "berth-mapping";
    /** DNS names before renames, with spaces between, until they are off the router. */
    public static final String WAS = "berth-was";

    /**
     * On a quarantined row whose guest exists: when it was released with {@code berth release}, ISO 8601, UTC. It ends with
     * the guest's next start. Version 0.1.0 wrote {@link #YES}.
     */
    public static final String RELEASED = "berth-released";

    /** Attributes of earlier versions: nothing reads them, and the next write of a row removes them. */
    public static final List<String> RETIRED = List.of("berth-changed", "berth-former", "berth-former-until");

    private RowAttributes() {}
}
