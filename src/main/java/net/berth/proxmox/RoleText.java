package net.berth.proxmox;

import java.util.List;
import net.berth.security.ShellWord;

/**
 * The lines of {@code pveum} that give rights, for root on a node. A role on a path takes the place of what its parents
 * give, so what guests need is always given as the whole role and never as a part.
 */
public final class RoleText {
    private static final String ROLE = "Berth";
    private static final String PRIVILEGES = "VM.Audit VM.Config.Network VM.Config.Cloudinit SDN.Use Sys.Audit";

    private RoleText() {}

    /** All that a new installation needs, the token last: its secret is shown once. */
    public static List<String> setUp(String tokenId) {
        return List.of(
                "pveum role add " + ROLE + " --privs \"" + PRIVILEGES + "\"",
                "pveum user add " + user(tokenId),
                "pveum acl modify / --users " + user(tokenId) + " --roles " + ROLE,
                "pveum user token add " + user(tokenId) + " " + tokenId.substring(tokenId.indexOf('!') + 1)
                        + " --privsep 0");
    }

    /** What gives guests' privileges on a path to user and token, whichever of the two lacks them. */
    static List<String> forGuests(String privilege, String path, String tokenId) {
        String all = PRIVILEGES.contains(privilege) ? PRIVILEGES : PRIVILEGES + " " + privilege;
        return grant(ROLE, all, path, tokenId);
    }

    /** What gives one privilege alone, with a role of its own, so that nothing else is widened. */
    static List<String> alone(String privilege, String path, String tokenId) {
        return grant(ROLE + privilege.substring(privilege.indexOf('.') + 1), privilege, path, tokenId);
    }

    private static List<String> grant(String role, String privileges, String path, String tokenId) {
        String privs = " --privs \"" + privileges + "\"";
        return List.of(
                "pveum role modify " + role + privs + " || pveum role add " + role + privs,
                "pveum acl modify " + ShellWord.of(path) + " --users " + user(tokenId) + " --tokens '" + tokenId
                        + "' --roles " + role);
    }

    private static String user(String tokenId) {
        return tokenId.substring(0, tokenId.indexOf('!'));
    }
}
