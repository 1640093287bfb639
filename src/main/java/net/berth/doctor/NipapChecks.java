package net.berth.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.config.Settings;
import net.berth.doctor.CheckRunner.Check;
import net.berth.doctor.CheckRunner.Group;
import net.berth.engine.port.PeerException;
import net.berth.model.Network;
import net.berth.nipap.NipapProbe;
import net.berth.security.ShellWord;

/** The checks of NIPAP. */
record NipapChecks(NipapProbe probe, Settings settings) {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final int FIRST_WITH_STATUS = 27;

    Group group() {
        return new Group(
                "nipap",
                new Check("answers", this::answers),
                new Check("prefixes", this::prefixes),
                new Check("user", this::user));
    }

    /** The version alone proves little: NIPAP answers it without login and with its database down. */
    private List<CheckResult> answers() {
        String url = settings.nipap().url().toString();
        try {
            String version = probe.version();
            String text = url + ": NIPAP " + version + ", user "
                    + settings.nipap().username() + ", VRF " + settings.nipap().vrf() + " (id " + probe.vrfId() + ")";
            Matcher parts = VERSION.matcher(version);
            boolean old = parts.matches()
                    && Integer.parseInt(parts.group(1)) == 0
                    && Integer.parseInt(parts.group(2)) < FIRST_WITH_STATUS;
            return List.of(
                    old
                            ? CheckResult.red(
                                    text + "; Berth needs 0.27, the first with status and avps", "upgrade nipapd")
                            : CheckResult.green(text));
        } catch (PeerException e) {
            return List.of(CheckResult.red(url + ": " + e.getMessage()));
        }
    }

    private List<CheckResult> prefixes() {
        return settings.engine().networks().stream().map(this::prefix).toList();
    }

    private CheckResult prefix(Network network) {
        try {
            probe.checkPlace(network);
            return CheckResult.green(network.name() + ": " + good(network));
        } catch (PeerException e) {
            return CheckResult.red(network.name() + ": " + e.getMessage(), remedy(network));
        }
    }

    private static String good(Network network) {
        return network.pool().isEmpty()
                ? network.prefix() + " is an assignment"
                : "pool " + network.pool() + " has an assignment inside of " + network.prefix();
    }

    private String remedy(Network network) {
        String vrf = settings.nipap().vrf();
        return network.pool().isEmpty()
                ? "nipap address add prefix " + network.prefix() + " type assignment vrf_rt "
                        + (vrf.equals("default") ? "none" : ShellWord.of(vrf)) + " description " + network.name()
                : "nipap address modify PREFIX set pool " + ShellWord.of(network.pool())
                        + ", with an assignment inside of " + network.prefix();
    }

    private List<CheckResult> user() {
        String user = settings.nipap().username();
        return List.of(
                probe.mayWrite()
                        ? CheckResult.green(user + " may write")
                        : CheckResult.red(
                                user + " may only read, so Berth cannot claim addresses",
                                "nipap-passwd modify -u " + user + " --no-readonly"));
    }
}
