package net.berth.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.config.Settings;
import net.berth.doctor.CheckResult.Severity;
import net.berth.doctor.CheckRunner.Check;
import net.berth.doctor.CheckRunner.Group;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.SideBySide;
import net.berth.proxmox.MissingRight;
import net.berth.proxmox.MissingRight.Weight;
import net.berth.proxmox.ProxmoxProbe;
import net.berth.security.ShellWord;
import net.berth.security.ShownCertificate;
import net.berth.security.TlsTrust;

/** The checks of Proxmox. */
record ProxmoxChecks(ProxmoxProbe probe, Settings settings, Clock clock) {
    /** One call for each guest: a cluster may have thousands. */
    private static final Duration GUESTS = Duration.ofMinutes(5);

    /** A certificate that ends within this time is worth a warning. */
    private static final Duration SOON = Duration.ofDays(21);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String COMPARE = "for n in $(ls /etc/pve/nodes); do echo \"$n $(ssh root@$n sha256sum"
            + " /var/lib/vz/snippets/berth-hook)\"; done     # as root on a node: all lines must agree";

    Group group() {
        GuestChecks guests =
                new GuestChecks(settings.engine().networks(), settings.engine().policy());
        return new Group(
                "proxmox",
                new Check("answers", this::answers),
                new Check("certificate", () -> SideBySide.map(settings.proxmox().urls(), this::certificate)),
                new Check("clock", () -> SideBySide.map(probe.perUrl(), this::clock)),
                new Check("rights", this::rights),
                new Check("nodes", this::nodes),
                new Check("guests", GUESTS, () -> guests.of(probe.guests())),
                new Check("hookscript", this::hookscript));
    }

    /** One dead URL of several is yellow: the others are used instead. */
    private List<CheckResult> answers() {
        List<CheckResult> results = SideBySide.map(probe.perUrl(), ProxmoxChecks::answers);
        boolean any = results.stream().anyMatch(result -> result.severity() != Severity.RED);
        return results.stream()
                .map(result -> any && result.severity() == Severity.RED
                        ? new CheckResult(Severity.YELLOW, result.found(), result.advice())
                        : result)
                .toList();
    }

    private static CheckResult answers(ProxmoxProbe url) {
        try {
            String version = url.version();
            String text = url.name() + ": Proxmox VE " + version;
            return version.matches("[89]\\..*")
                    ? CheckResult.green(text)
                    : CheckResult.yellow(text + "; Berth supports 8 and 9");
        } catch (PeerException e) {
            return CheckResult.red(url.name() + ": " + e.getMessage());
        }
    }

    /** The hook signs its messages with the node's time. */
    private CheckResult clock(ProxmoxProbe url) {
        Instant before = clock.instant();
        try {
            Instant theirs = ZonedDateTime.parse(url.date(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return CheckResult.clock(url.name(), theirs, before, clock.instant());
        } catch (DateTimeParseException e) {
            return CheckResult.yellow(
                    url.name() + ": its answer has no usable time", "date -u; timedatectl     # on each node");
        } catch (PeerException e) {
            return CheckResult.yellow(url.name() + ": " + e.getMessage());
        }
    }

    private List<CheckResult> rights() {
        List<MissingRight> missing = probe.missingRights(
                settings.engine().networks(), settings.engine().policy());
        List<CheckResult> results = new ArrayList<>();
        if (missing.stream().allMatch(right -> right.weight() == Weight.OPTIONAL)) {
            results.add(CheckResult.green("all that these settings need"));
        }
        missing.forEach(right -> results.add(right(right)));
        return results;
    }

    private static CheckResult right(MissingRight right) {
        return switch (right.weight()) {
            case VITAL -> new CheckResult(Severity.RED, right.text(), right.grant());
            case HELPFUL -> new CheckResult(Severity.YELLOW, right.text(), right.grant());
            case OPTIONAL ->
                CheckResult.green("not needed: " + right.text() + ". To grant it: " + String.join("; ", right.grant()));
        };
    }

    private List<CheckResult> nodes() {
        List<String> online = new ArrayList<>();
        List<CheckResult> results = new ArrayList<>();
        probe.nodes().forEach((name, status) -> {
            if (status.equals("online")) {
                online.add(name);
            } else {
                results.add(CheckResult.yellow(
                        "node " + name + " is " + status + "; no address is released until it is back"));
            }
        });
        if (!online.isEmpty()) {
            results.addFirst(CheckResult.green("online: " + String.join(", ", online)));
        }
        return results.isEmpty() ? List.of(CheckResult.red("Proxmox lists no node")) : results;
    }

    /**
     * The API lists snippets only with a right to allocate on the storage, which is far too much for Berth. What it does
     * show is a start that failed because the script is missing; for everything else the command is printed.
     */
    private List<CheckResult> hookscript() {
        Map<String, String> failures = probe.startsWithoutHookscript();
        if (failures.isEmpty()) {
            return List.of(CheckResult.green(
                    "no start failed because it is missing; only root can see whether every node has an equal one",
                    COMPARE));
        }
        List<CheckResult> results = new ArrayList<>();
        failures.forEach((node, words) -> results.add(CheckResult.red(
                "on node " + node + " the last start failed because of it: " + words, installing(node))));
        return results;
    }

    /** No commands for a name that a shell could read as more than a host name. */
    private static String[] installing(String node) {
        return ShellWord.isHost(node)
                ? new String[] {
                    "scp -p /usr/share/berth/berth-hook root@" + node + ":/var/lib/vz/snippets/berth-hook",
                    "ssh root@" + node + " chmod 755 /var/lib/vz/snippets/berth-hook"
                }
                : new String[0];
    }

    /** Compares the certificate that a URL shows with the settings, and checks when it ends. */
    private CheckResult certificate(URI url) {
        ShownCertificate shown;
        try {
            shown = ShownCertificate.of(url.getHost(), url.getPort() < 0 ? 443 : url.getPort(), TIMEOUT);
        } catch (IOException e) {
            return CheckResult.yellow(url + ": shows no certificate: " + e.getMessage());
        }
        LocalDate end = LocalDate.ofInstant(shown.notAfter(), ZoneOffset.UTC);
        return switch (settings.proxmox().trust()) {
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
