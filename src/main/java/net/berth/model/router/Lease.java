package net.berth.model.router;

import java.time.Instant;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.ShownText;

/**
 * A live DHCP lease of the router.
 *
 * @param expires when it ends; {@link Instant#MAX} when the router's text could not be read as a time
 * @param clientName the name the client sent; empty when none
 */
public record Lease(IpAddress address, MacAddress mac, Instant expires, String clientName) {
    public Lease {
        clientName = ShownText.NAME.cut(clientName);
    }
}
