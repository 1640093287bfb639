package net.berth.model.row;

import java.util.List;

/** Names of the extra attributes in Berth's rows. Others that begin with {@code berth-} are kept as they are. */
public final class RowAttributes {
    /** What all of them begin with. */
    public static final String OURS = "berth-";
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

    /** What begins an attribute of an adopted row that says what the row was before; without it, the row was without. */
    public static final String BEFORE = "berth-before-";

    /** The {@code authoritative_source} before adoption. Rows that version 0.1.0 adopted do not have these. */
    public static final String BEFORE_SOURCE = BEFORE + "source";

    /** The {@code node} before adoption. */
    public static final String BEFORE_NODE = BEFORE + "node";
    /** The {@code description} before adoption. */
    public static final String BEFORE_DESCRIPTION = BEFORE + "description";
    /** The {@code status} before adoption. */
    public static final String BEFORE_STATUS = BEFORE + "status";
    /** The {@code expires} before adoption, as NIPAP says it. */
    public static final String BEFORE_EXPIRES = BEFORE + "expires";
    /** {@link #YES} if the row had the tag {@code berth} before adoption. */
    public static final String BEFORE_TAG = BEFORE + "tag";
    /** The name of the mapping that the router had for the NIC when it got the row: it is not Berth's to delete. */
    public static final String BEFORE_MAPPING = BEFORE + "mapping";
    /** The MAC of that mapping: the NIC may get another one since. */
    public static final String BEFORE_MAC = BEFORE + "mac";
    /** The DNS name that the router had for the address when the NIC got the row: it is not Berth's to delete. */
    public static final String BEFORE_NAME = BEFORE + "name";

    /** {@link #ORIGIN} of a row that a human made. */
    public static final String ADOPTED = "a hand-made row for this guest";

    /** Attributes of earlier versions: nothing reads them, and the next write of a row removes them. */
    public static final List<String> RETIRED = List.of("berth-changed", "berth-former", "berth-former-until");

    private RowAttributes() {}
}
