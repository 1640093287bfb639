package net.berth.plan;

/** Why a guest cannot be settled as wished; each has a section in {@code docs/conflicts.md}. */
public enum ConflictCode {
    /** Another guest holds the DNS name. */
    NAME_TAKEN,
    /** The address in the guest's config belongs to another guest. */
    ADDRESS_TAKEN,
    /** Another NIC has this MAC and had it first. */
    MAC_TAKEN,
    /** A foreign MAC has a live lease on the address. */
    ADDRESS_IN_USE,
    /** An entry that is not Berth's is in the way. */
    FOREIGN_ENTRY,
    /** The address that the guest asks for by a tag is not free. */
    WISH_NOT_FREE,
    /** The pool that a network's addresses are taken from is not there, or has no prefix in it. */
    POOL_MISSING,
    /** The network has no free address. */
    POOL_EXHAUSTED,
    /** The guest has more NICs in Berth's networks than {@code nics-limit}. */
    TOO_MANY_NICS,
    /** The guest's fixed address is outside of its network's prefix. */
    OUTSIDE_PREFIX,
    /** The guest runs with another address than its binding. */
    GUEST_DIFFERS,
    /** The router refused the change. */
    ROUTER_REFUSED,
    /** The router has no shared-network or subnet as the settings say. */
    ROUTER_NETWORK_MISSING,
    /** Proxmox refused to write the guest's config. */
    GUEST_REFUSED,
    /** More guests than {@code release-limit} disappeared, or would lose their addresses, at once. */
    RELEASE_HELD
}
