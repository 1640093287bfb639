package net.berth.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.edgemax.ssh.PublicHalf;

/** The commands with which the router's admin gives Berth its login. */
final class RouterCommands {
    private RouterCommands() {}

    /** For the login in the settings. */
    static List<String> of(SetupProbe.RouterLogin login, SetupProbe probe) {
        return login.key()
                ? withKey(login.user(), probe.publicHalf(login.file()))
                : lines(
                        login.user(),
                        List.of("authentication plaintext-password 'PASSWORD'     # the one in " + login.file()));
    }

    /** For a login with a key; with placeholders if the public half cannot be read. */
    static List<String> withKey(String user, Optional<PublicHalf> key) {
        String keys = "authentication public-keys berth ";
        return lines(
                user,
                List.of(
                        keys + "type " + key.map(PublicHalf::type).orElse("TYPE"),
                        keys + "key " + key.map(PublicHalf::base64).orElse("PUBLIC-HALF")));
    }

    private static List<String> lines(String user, List<String> logins) {
        List<String> lines = new ArrayList<>(List.of("configure"));
        String set = "set system login user " + user + " ";
        lines.add(set + "level admin");
        logins.forEach(login -> lines.add(set + login));
        lines.add("commit; save; exit");
        return lines;
    }
}
