package net.berth.model;

/** Names of the extra attributes in Berth's rows. Others that begin with {@code berth-} are kept as they are. */
public final class Avps {
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
    /** How the binding came to be: {@code claimed} or {@code adopted: ...}, with the time. */
    public static final String ORIGIN = "berth-origin";

    /** The name of an adopted mapping, which keeps its name. */
    public static final String MAPPING = "berth-mapping";
    /** The DNS name before a rename, until it is off the router. */
    public static final String WAS = "berth-was";

    private Avps() {}
}
