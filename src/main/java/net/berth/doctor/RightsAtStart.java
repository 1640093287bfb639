package net.berth.doctor;

import java.util.List;
import net.berth.config.Settings;
import net.berth.engine.port.PeerException;
import net.berth.proxmox.MissingRight;
import net.berth.proxmox.MissingRight.Weight;
import net.berth.proxmox.ProxmoxProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at the start which rights are missing in Proxmox; the receiver does what it may without them. */
public final class RightsAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(RightsAtStart.class);

    private RightsAtStart() {}

    /** Reads them in the background, because Proxmox may not answer yet. */
    public static void log(Settings settings) {
        Thread.ofVirtual().name("rights").start(() -> look(settings));
    }

    private static void look(Settings settings) {
        try (ProxmoxProbe probe = new ProxmoxProbe(settings.proxmox())) {
            List<MissingRight> missing = probe.missingRights(
                    settings.engine().networks(), settings.engine().policy());
            for (MissingRight right : missing) {
                if (right.weight() == Weight.OPTIONAL) {
                    LOG.debug("{}", right.text());
                } else {
                    LOG.warn("{}. As root on a node: {}", right.text(), String.join("; then: ", right.grant()));
                }
            }
        } catch (PeerException e) {
            LOG.warn("cannot read which rights are missing: {}", e.getMessage());
        }
    }
}
