package net.berth.proxmox;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import net.berth.engine.port.Compute;
import net.berth.security.TlsTrust;

/**
 * How to reach the Proxmox cluster: built from {@code proxmox:} in berth.yaml.
 *
 * @param urls the API's addresses such as {@code https://pve1.home.lan:8006}, tried in order
 * @param cluster the cluster's name, part of every guest's identity
 */
public record ProxmoxSettings(List<URI> urls, String cluster, ApiToken token, TlsTrust trust, Limits limits) {

    /** Refuses an empty list and URLs without TLS: the token would go over the wire in the clear. */
    public ProxmoxSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("proxmox.urls is empty; one URL at least is needed");
        }
        for (URI url : urls) {
            if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
                throw new IllegalArgumentException(url + " is no URL such as https://pve1.home.lan:8006");
            }
        }
    }

    ProxmoxSettings at(URI url) {
        return new ProxmoxSettings(List.of(url), cluster, token, trust, limits);
    }

    /**
     * Bounds of one call.
     *
     * @param connect for the connection to one URL, TLS included
     * @param read for a whole read, to the last byte of the answer; the wait for one of the parallel calls is not counted
     * @param write for a whole write, which Proxmox itself lets wait 10 s for the config lock
     * @param parallel how many calls at once; more than {@link Compute#BACKGROUND_READS}
     */
    public record Limits(Duration connect, Duration read, Duration write, int parallel, int answerBytes) {

        /** Slots that a full pass leaves to the calls for starts. */
        private static final int RESERVED = 16;

        /** The usual bounds. */
        public static Limits usual() {
            return new Limits(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(40),
                    Compute.BACKGROUND_READS + RESERVED,
                    8 * 1024 * 1024);
        }
    }
}
