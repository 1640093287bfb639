package net.berth.model.router;

/** An entry of the router's config that Berth may write. */
public sealed interface RouterEntry permits Mapping, DnsRecord {
    String name();
}
