package net.berth.http;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicId;

/** One event of each kind. */
public final class EveryEvent {
    private static final GuestId WEB = new GuestId("home", GuestType.QEMU, 101);
    private static final NicId NIC = new NicId(WEB, 0);
    private static final IpAddress ADDRESS = IpAddress.parse("192.168.1.20");

    private EveryEvent() {}

    /** All of them. */
    public static List<Event> events() {
        return List.of(
                new Event.GuestSettled(WEB, "web", List.of("192.168.1.20/24")),
                new Event.GuestConflict(WEB, "", List.of(Reports.NAME_TAKEN)),
                new Event.AddressClaimed(NIC, ADDRESS, "net0 has no address yet"),
                new Event.AddressReleased(NIC, ADDRESS, "the guest was destroyed"),
                new Event.RouterCommitted(1, 2),
                new Event.DriftMended(NIC, "put the name back", "it is missing"),
                new Event.SystemDown(Peer.ROUTER, "it does not answer"),
                new Event.SystemUp(Peer.ROUTER),
                new Event.WebhookDown("chat.home.lan", "it answered 500"),
                new Event.WebhookUp("chat.home.lan"));
    }

    static List<EventLog.Entry> entries() {
        EventLog log = new EventLog(Clock.systemUTC());
        events().forEach(log::add);
        try {
            return log.read(0, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
