package net.berth.setup;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import net.berth.config.SecretKind;
import net.berth.model.Prefix;
import net.berth.setup.ask.Interview.Question;
import net.berth.setup.ask.PeerAddress;
import net.berth.setup.ask.SetupException;

/** How to reach NIPAP, and its assignments, each with its VLAN; 0 when none is noted. */
record NipapAnswers(URI url, Path passwordFile, Map<Prefix, Integer> assignments) {

    static NipapAnswers ask(SetupContext context) {
        SetupOptions options = context.options();
        URI url = context.asks()
                .ask(
                        new Question("NIPAP", "http://nipap.home.lan:1337/XMLRPC", "--nipap-url"),
                        options.nipapUrl,
                        text -> reached(context.probe(), PeerAddress.nipap(text)));
        SecretAnswer<Map<Prefix, Integer>> password = SecretAnswer.ask(
                context,
                options.nipapPasswordFile,
                "nipap.password",
                SecretKind.PASSWORD,
                new Question(
                        "Password of NIPAP's user " + options.nipapUser + " (not shown)",
                        "the one given to nipap-passwd",
                        "--nipap-password-file"),
                secret -> context.probe().assignments(url, options.nipapUser, secret, options.vrf));
        context.asks().say("NIPAP's assignments: " + password.said().keySet());
        return new NipapAnswers(url, password.file(), password.said());
    }

    private static URI reached(SetupProbe probe, URI url) {
        try {
            probe.reach(url);
            return url;
        } catch (IOException e) {
            throw new SetupException(url + " does not answer: " + SetupException.reason(e), e);
        }
    }
}
