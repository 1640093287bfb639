package net.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the router's admin types so that Berth may log in. */
final class RouterLines {
    private RouterLines() {}

    /** For a login as it is in the settings. */
    static List<String> of(Scout.RouterDoor door, Scout scout) {
        return door.key()
                ? withKey(door.user(), scout.publicHalf(door.login()))
                : lines(
                        door.user(),
                        List.of("authentication plaintext-password 'PASSWORD'     # what is in " + door.login()));
    }

    /** For a login with a key; words stand in for its public half where that cannot be read. */
    static List<String> withKey(String user, Optional<Scout.RouterKey> key) {
        String keys = "authentication public-keys berth ";
        return lines(
                user,
                List.of(
                        keys + "type " + key.map(Scout.RouterKey::type).orElse("TYPE"),
                        keys + "key " + key.map(Scout.RouterKey::base64).orElse("PUBLIC-HALF")));
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
