package net.berth.edgemax;

import java.util.Arrays;
import java.util.List;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.RouterText;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;

/**
 * Whether the user may change the config: level admin is the group vyattacfg, which an operator is not in. Root may, but
 * what root commits nobody else can edit until the next reboot.
 */
record LevelCheck(SshConnection connection, EdgeMaxSettings settings) implements Check {
    private static final String GROUP = "vyattacfg";

    private record Rights(String user, String groups, boolean wrapper, boolean sudo) {}

    @Override
    public String name() {
        return "user";
    }

    @Override
    public List<Finding> look() {
        Rights rights = connection.with(RouterShell.READER, talk -> {
            RouterShell shell = new RouterShell(talk, settings);
            return new Rights(
                    shell.run("id -un").text().strip(),
                    shell.run("id -Gn").text().strip(),
                    shell.run("test -x \"$W\"").ok(),
                    shell.run("sudo -n true").ok());
        });
        return List.of(finding(rights));
    }

    private Finding finding(Rights rights) {
        String user = RouterText.printable(rights.user());
        if (!rights.wrapper()) {
            return Finding.red("there is no " + RouterShell.WRAPPER + ": is it an EdgeMax?");
        }
        if (user.equals("root")) {
            return Finding.red(
                    "the login is root's: what it commits others cannot edit until the next reboot",
                    "set system login user berth level admin     # and router.username: berth");
        }
        if (!Arrays.asList(rights.groups().split("\\s+", -1)).contains(GROUP)) {
            return Finding.red(
                    user + " may not change the config (it is not in the group " + GROUP + ")",
                    "configure; set system login user " + user + " level admin; commit; save; exit");
        }
        return Finding.green(user + " is of level admin; "
                + (rights.sudo()
                        ? "saves as the command line does"
                        : "sudo asks for a password: saves with the group"));
    }
}
