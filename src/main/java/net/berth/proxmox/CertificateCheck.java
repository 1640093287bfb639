package net.berth.proxmox;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import net.berth.engine.SideBySide;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;
import net.berth.security.ShownCertificate;
import net.berth.security.TlsTrust;

/** Which certificate each address shows, and for how long that goes on. */
record CertificateCheck(List<URI> urls, TlsTrust trust, Clock clock) implements Check {
    private static final Duration SOON = Duration.ofDays(21);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public List<Finding> look() {
        return SideBySide.map(urls, this::look);
    }

    private Finding look(URI url) {
        ShownCertificate shown;
        try {
            shown = ShownCertificate.of(url.getHost(), url.getPort() < 0 ? 443 : url.getPort(), TIMEOUT);
        } catch (IOException e) {
            return Finding.yellow(url + ": shows none: " + e.getMessage());
        }
        LocalDate end = LocalDate.ofInstant(shown.notAfter(), ZoneOffset.UTC);
        return switch (trust) {
            case TlsTrust.Fingerprints pins -> pinned(url, shown, pins, end);
            case TlsTrust.Authority authority -> signed(url, shown.notAfter(), end, authority.pem() + " signed it");
            case TlsTrust.JvmDefault jvm -> signed(url, shown.notAfter(), end, "signed by an authority");
        };
    }

    /** A pin holds past the date; but the node makes itself a new certificate some time before. */
    private Finding pinned(URI url, ShownCertificate shown, TlsTrust.Fingerprints pins, LocalDate end) {
        if (!pins.holds(shown)) {
            return Finding.yellow(
                    url + ": shows " + shown.fingerprint() + ", which is not in the settings",
                    "if it is that node's: add it to proxmox.fingerprint");
        }
        return soon(shown.notAfter())
                ? Finding.yellow(
                        url + ": the pinned one, but it ends on " + end,
                        "when the node has renewed it, put the new fingerprint into proxmox.fingerprint, or use ca-file"
                                + " with /etc/pve/pve-root-ca.pem")
                : Finding.green(url + ": the pinned one, until " + end);
    }

    private Finding signed(URI url, Instant notAfter, LocalDate end, String who) {
        return soon(notAfter)
                ? Finding.yellow(url + ": " + who + ", but it ends on " + end, "renew it: pvecm updatecerts --force")
                : Finding.green(url + ": " + who + ", until " + end);
    }

    private boolean soon(Instant end) {
        return end.isBefore(clock.instant().plus(SOON));
    }
}
