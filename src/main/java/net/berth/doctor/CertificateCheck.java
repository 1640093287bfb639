package net.berth.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import net.berth.security.ShownCertificate;
import net.berth.security.TlsTrust;

/** Compares the certificate that a URL shows with the settings, and checks when it ends. */
record CertificateCheck(TlsTrust trust, Clock clock) {
    private static final Duration SOON = Duration.ofDays(21);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    CheckResult of(URI url) {
        ShownCertificate shown;
        try {
            shown = ShownCertificate.of(url.getHost(), url.getPort() < 0 ? 443 : url.getPort(), TIMEOUT);
        } catch (IOException e) {
            return CheckResult.yellow(url + ": shows no certificate: " + e.getMessage());
        }
        LocalDate end = LocalDate.ofInstant(shown.notAfter(), ZoneOffset.UTC);
        return switch (trust) {
            case TlsTrust.Fingerprints pins -> pinned(url, shown, pins, end);
            case TlsTrust.Authority authority -> signed(url, shown.notAfter(), end, authority.pem() + " signed it");
            case TlsTrust.JvmDefault jvm -> signed(url, shown.notAfter(), end, "signed by an authority");
        };
    }

    /** A fingerprint is trusted after the end, too; but the node replaces its certificate some time before. */
    private CheckResult pinned(URI url, ShownCertificate shown, TlsTrust.Fingerprints pins, LocalDate end) {
        if (!pins.holds(shown)) {
            return CheckResult.yellow(
                    url + ": shows " + shown.fingerprint() + ", which is not in the settings",
                    "if it is this node's, add it to proxmox.fingerprint");
        }
        return soon(shown.notAfter())
                ? CheckResult.yellow(
                        url + ": the certificate in the settings, but it ends on " + end,
                        "when the node has renewed it, write the new fingerprint into proxmox.fingerprint, or use ca-file"
                                + " with /etc/pve/pve-root-ca.pem")
                : CheckResult.green(url + ": the certificate in the settings, until " + end);
    }

    private CheckResult signed(URI url, Instant notAfter, LocalDate end, String who) {
        return soon(notAfter)
                ? CheckResult.yellow(
                        url + ": " + who + ", but it ends on " + end, "renew it: pvecm updatecerts --force")
                : CheckResult.green(url + ": " + who + ", until " + end);
    }

    private boolean soon(Instant end) {
        return end.isBefore(clock.instant().plus(SOON));
    }
}
