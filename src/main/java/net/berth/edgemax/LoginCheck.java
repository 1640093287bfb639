package net.berth.edgemax;

import java.util.List;
import java.util.Locale;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.RouterText;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;

/** Whether the router shows the right host key and lets the user in, and which router it is. */
record LoginCheck(SshConnection connection, EdgeMaxSettings settings) implements Check {
    @Override
    public String name() {
        return "answers";
    }

    @Override
    public List<Finding> look() {
        String version = connection.with(RouterShell.READER, talk -> {
            RouterShell shell = new RouterShell(talk, settings);
            return shell.run(RouterShell.OPERATION + " show version").text();
        });
        String key =
                switch (settings.hostKey()) {
                    case EdgeMaxSettings.HostKey.Fingerprint pin -> "its host key is the one in the settings";
                    case EdgeMaxSettings.HostKey.KnownHosts known -> "its host key is in " + known.file();
                    case EdgeMaxSettings.HostKey.Unknown unknown -> "its host key is not known";
                };
        String model = line(version, "hw model");
        String release = line(version, "version");
        String text = settings.host() + ":" + settings.port() + " lets " + settings.username() + " in; " + key;
        return List.of(
                release.isEmpty()
                        ? Finding.yellow(text + "; it does not tell its version: is it an EdgeMax?")
                        : Finding.green(text + "; " + (model.isEmpty() ? "" : model + ", ") + "EdgeOS " + release));
    }

    private static String line(String text, String title) {
        return text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(title + ":"))
                .map(line ->
                        RouterText.printable(line.substring(title.length() + 1).strip()))
                .findFirst()
                .orElse("");
    }
}
