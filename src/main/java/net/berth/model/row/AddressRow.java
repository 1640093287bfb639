package net.berth.model.row;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicId;

/** One host row of NIPAP, Berth's or not; null there is empty here. The id only shows the older of two. */
public record AddressRow(
        long id,
        IpAddress address,
        String source,
        String externalKey,
        String node,
        String description,
        RowStatus status,
        List<String> tags,
        Map<String, String> avps) {

    /** The {@code authoritative_source} of every row that Berth made or adopted. */
    public static final String SOURCE = "berth";

    /** Tag of a row whose claim is not over: it binds its NIC only once the tag is off. */
    public static final String CLAIMING = "berth-claiming";

    /** Copies the collections. */
    public AddressRow {
        tags = List.copyOf(tags);
        avps = Map.copyOf(avps);
    }

    /** Whether it is Berth's: source and key must both say so. */
    public boolean ours() {
        return nic().isPresent();
    }

    /** The NIC that the row binds; empty when the row is not Berth's. */
    public Optional<NicId> nic() {
        return source.equals(SOURCE) ? NicId.ofExternalKey(externalKey) : Optional.empty();
    }

    /** Whether it binds a NIC of this guest. */
    public boolean isOf(GuestId guest) {
        return nic().filter(nic -> nic.guest().equals(guest)).isPresent();
    }

    /** Whether it binds this NIC. */
    public boolean binds(NicId nic) {
        return source.equals(SOURCE) && externalKey.equals(nic.externalKey());
    }

    /** Whether its guest was destroyed or released, so that its address is kept from others for a time. */
    public boolean quarantined() {
        return status == RowStatus.QUARANTINE;
    }

    /** Whether it was made by a claim that is not over, or was interrupted; another claim of this NIC finishes it. */
    public boolean claiming() {
        return ours() && tags.contains(CLAIMING);
    }

    /** Whether a human made it and Berth adopted it: it is given back, never deleted. */
    public boolean onLoan() {
        return ours()
                && (avps.containsKey(RowAttributes.BEFORE_SOURCE)
                        || avp(RowAttributes.ORIGIN).equals(RowAttributes.ADOPTED));
    }

    /** When it became its NIC's; empty when it does not say: an earlier version made it, or a human edited it. */
    public Optional<Instant> claimed() {
        String since = avp(RowAttributes.CLAIMED);
        try {
            return since.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(since));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /** The MAC of its NIC as it was last noted; empty when the row does not say, or not readably. */
    public Optional<MacAddress> mac() {
        String text = avp(RowAttributes.MAC);
        return MacAddress.isMac(text) ? Optional.of(MacAddress.parse(text)) : Optional.empty();
    }

    /** An extra attribute; empty when absent. */
    public String avp(String name) {
        return avps.getOrDefault(name, "");
    }
}
