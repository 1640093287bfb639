package net.berth;

import java.time.Clock;
import java.util.List;
import net.berth.config.Settings;
import net.berth.engine.port.MissingRight;
import net.berth.engine.port.MissingRight.Weight;
import net.berth.engine.port.PeerException;
import net.berth.proxmox.ProxmoxChecks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells at the start which rights are missing in Proxmox. A receiver that lacks some still does what it may. */
final class RightsAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(RightsAtStart.class);

    private RightsAtStart() {}

    /** Beside the start: Proxmox may not answer yet. */
    static void tell(Settings settings) {
        Thread.ofVirtual().name("rights").start(() -> look(settings));
    }

    private static void look(Settings settings) {
        try (ProxmoxChecks checks = new ProxmoxChecks(settings.proxmox(), Clock.systemUTC())) {
            List<MissingRight> missing = checks.rights()
                    .missing(settings.engine().networks(), settings.engine().policy());
            for (MissingRight right : missing) {
                if (right.weight() == Weight.OPTIONAL) {
                    LOG.debug("{}", right.text());
                } else {
                    LOG.warn("{}. As root on a node: {}", right.text(), String.join("; then: ", right.grant()));
                }
            }
        } catch (PeerException e) {
            LOG.warn("which rights are missing is not known: {}", e.getMessage());
        }
    }
}
