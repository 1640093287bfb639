package net.berth.model.router;

import java.util.List;

/**
 * One wanted change of the router's config. {@code replaces} and {@code old} are entries exactly as they were read: only
 * they may be deleted, and only while they still read like this.
 */
public sealed interface RouterChange {

    /**
     * A mapping is to be there, once, and alone for its address, MAC and name.
     *
     * @param replaces Berth's own mappings that make way
     */
    record PutMapping(Mapping wanted, List<Mapping> replaces) implements RouterChange {}

    /** A mapping of Berth's is to go. */
    record RemoveMapping(Mapping old) implements RouterChange {}

    /**
     * A DNS name is to be there, with exactly these addresses.
     *
     * @param wanted the record, a {@link DnsRecord.Kind#HOST_MAPPING}
     * @param replaces Berth's own records that make way
     */
    record PutRecord(DnsRecord wanted, List<DnsRecord> replaces) implements RouterChange {}

    /** A DNS name of Berth's is to go. */
    record RemoveRecord(DnsRecord old) implements RouterChange {}
}
