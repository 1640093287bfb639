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
     * @param wanted the mapping
     * @param replaces Berth's own mappings that make way
     */
    record PutMapping(Mapping wanted, List<Mapping> replaces) implements RouterChange {
        /** Copies the list. */
        public PutMapping {
            replaces = List.copyOf(replaces);
        }
    }

    /**
     * A mapping of Berth's is to go.
     *
     * @param old the mapping
     */
    record RemoveMapping(Mapping old) implements RouterChange {}

    /**
     * A DNS name is to be there, with exactly these addresses.
     *
     * @param wanted the record, a {@link DnsRecord.Kind#HOST_MAPPING}
     * @param replaces Berth's own records that make way
     */
    record PutRecord(DnsRecord wanted, List<DnsRecord> replaces) implements RouterChange {
        /** Copies the list. */
        public PutRecord {
            replaces = List.copyOf(replaces);
        }
    }

    /**
     * A DNS name of Berth's is to go.
     *
     * @param old the record
     */
    record RemoveRecord(DnsRecord old) implements RouterChange {}
}
