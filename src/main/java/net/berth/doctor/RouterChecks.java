package net.berth.doctor;

import java.time.Clock;
import java.util.List;
import net.berth.config.Settings;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.RouterProbe;

/** The checks of the router. */
record RouterChecks(RouterProbe probe, Settings settings, Clock clock) {
    /** The group of the users of level admin; an operator is not in it. */
    private static final String ADMINS = "vyattacfg";

    CheckGroup group() {
        return CheckGroup.of("router")
                .check("answers", this::answers)
                .check("user", this::user)
                .check("clock", this::time)
                .check("dhcp", () -> new DhcpCheck(settings.engine().networks()).of(probe.dhcp()));
    }

    private List<CheckResult> answers() {
        RouterProbe.Release release = probe.release();
        EdgeMaxSettings router = settings.router();
        String key =
                switch (router.hostKey()) {
                    case EdgeMaxSettings.HostKey.Fingerprint pin -> "its host key is the one in the settings";
                    case EdgeMaxSettings.HostKey.KnownHosts known -> "its host key is in " + known.file();
                    case EdgeMaxSettings.HostKey.Unknown unknown -> "its host key is not known";
                };
        String text = router.host() + ":" + router.port() + " accepts the login of " + router.username() + "; " + key;
        return List.of(
                release.version().isEmpty()
                        ? CheckResult.yellow(text + "; it shows no version: is it an EdgeMax?")
                        : CheckResult.green(text + "; " + (release.model().isEmpty() ? "" : release.model() + ", ")
                                + "EdgeOS " + release.version()));
    }

    private List<CheckResult> user() {
        return List.of(user(probe.account()));
    }

    private static CheckResult user(RouterProbe.Account account) {
        String user = account.user();
        if (!account.wrapper()) {
            return CheckResult.red("there is no " + RouterProbe.WRAPPER + ": is it an EdgeMax?");
        }
        if (user.equals("root")) {
            return CheckResult.red(
                    "Berth logs in as root. Entries committed by root cannot be edited by other users until the router"
                            + " reboots",
                    "set system login user berth level admin     # and router.username: berth");
        }
        if (!account.groups().contains(ADMINS)) {
            return CheckResult.red(
                    user + " may not change the config (it is not in the group " + ADMINS + ")",
                    "configure; set system login user " + user + " level admin; commit; save; exit");
        }
        return CheckResult.green(user + " is of level admin; "
                + (account.sudo()
                        ? "saves as the command line does"
                        : "sudo asks for a password: saves with the group"));
    }

    /** Leases end by the router's clock. */
    private List<CheckResult> time() {
        String host = settings.router().host();
        return List.of(probe.time(clock)
                .map(time -> ClockCheck.compare(host, time.theirs(), time.before(), time.after()))
                .orElseGet(() -> CheckResult.yellow(host + " does not show its time")));
    }
}
