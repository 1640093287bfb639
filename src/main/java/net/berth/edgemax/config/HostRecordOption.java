package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;

/** A dnsmasq option {@code host-record=NAME,...,ADDRESS,...,TTL}. */
final class HostRecordOption {
    private static final String START = "host-record=";

    private HostRecordOption() {}

    /** The names and addresses of it; empty when it is another option. */
    static Optional<DnsRecord> parse(String option) {
        if (!option.startsWith(START)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (String part : option.substring(START.length()).split(",", -1)) {
            String word = part.strip();
            if (IpAddress.isAddress(word) || word.indexOf(':') >= 0) {
                addresses.add(word);
            } else if (!word.isEmpty() && !word.matches("[0-9]+")) {
                names.add(word);
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new DnsRecord(DnsRecord.Kind.OPTION, names.getFirst(), names.subList(1, names.size()), addresses));
    }
}
