package net.berth.model.router;

import java.time.Instant;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.ShownText;

/** A live DHCP lease; its end is {@link Instant#MAX} where it cannot be read, the name empty where none was sent. */
public record Lease(IpAddress address, MacAddress mac, Instant expires, String clientName) {
    /** Bounds the client's name. */
    public Lease {
        clientName = ShownText.NAME.cut(clientName);
    }
}
