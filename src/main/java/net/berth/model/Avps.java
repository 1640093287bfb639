package net.berth.model;

/** Names of the extra attributes in Berth's rows. Others that begin with {@code berth-} are kept as they are. */
public final class Avps {
    /** The NIC's MAC address, upper case. */
    public static final String MAC = "berth-mac";
    /** The smbios uuid of a VM. */
    public static final String UUID = "berth-uuid";
    /** Whether the guest has run: {@link #NEVER} until its first start is over. */
    public static final String BOOTED = "berth-booted";
    /** Value of {@link #BOOTED}. */
    public static final String NEVER = "never";
    /** Value of {@link #BOOTED}. */
    public static final String YES = "yes";
    /** When a quarantined row may be freed: ISO 8601, UTC. NIPAP's own {@code expires} has no zone when it is read. */
    public static final String FREE_AT = "berth-free-at";
    /** How the binding came to be: {@code claimed} or {@code adopted: ...}, with the time. */
    public static final String ORIGIN = "berth-origin";

    private Avps() {}
}
