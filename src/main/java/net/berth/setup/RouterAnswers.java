package net.berth.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.berth.config.SecretKind;
import net.berth.edgemax.ssh.NewKey;
import net.berth.edgemax.ssh.PublicHalf;
import net.berth.security.Secret;
import net.berth.setup.SetupProbe.RouterLogin;
import net.berth.setup.ask.Interview;
import net.berth.setup.ask.Interview.Question;
import net.berth.setup.ask.PeerAddress;
import net.berth.setup.ask.SetupException;

/** How to log in on the router, and what it serves and sees. */
record RouterAnswers(RouterLogin login, SetupProbe.Gateway gateway) {

    private record Shown(PeerAddress.HostPort address, List<String> hostKeys) {}

    static RouterAnswers ask(SetupContext context) {
        SetupOptions options = context.options();
        Interview asks = context.asks();
        Shown shown = asks.ask(
                new Question("Router", "192.168.1.1, or 192.168.1.1:2222 with another port", "--router"),
                options.router,
                text -> shown(context, PeerAddress.router(text)));
        asks.say("The router shows the host key " + String.join(", ", shown.hostKeys()));
        String hostKey = options.hostKey.isEmpty() ? shown.hostKeys().getFirst() : options.hostKey;
        if (!shown.hostKeys().contains(hostKey)) {
            throw new SetupException(
                    shown.address().host() + " does not show the key of --host-key: another machine may answer");
        }
        if (options.hostKey.isEmpty()
                && !asks.yes("Is it the router's? (there: ssh-keygen -lf"
                        + " /etc/ssh/ssh_host_ecdsa_key.pub, or another of its keys)")) {
            throw new SetupException("not trusted, so nothing was sent to it and no settings were created");
        }
        RouterLogin login = login(context, shown.address(), hostKey);
        SetupProbe.Gateway gateway = read(context, login);
        asks.say("The router's shared networks: "
                + gateway.networks().stream()
                        .map(one -> one.name() + " " + one.prefix())
                        .toList());
        return new RouterAnswers(login, gateway);
    }

    private static Shown shown(SetupContext context, PeerAddress.HostPort address) {
        return new Shown(address, context.probe().hostKeys(address.host(), address.port(), context.options().legacy));
    }

    /** A new key is kept at once: its public half may be on the router long before the rest is known. */
    private static RouterLogin login(SetupContext context, PeerAddress.HostPort address, String hostKey) {
        SetupOptions options = context.options();
        Path named = options.routerPasswordFile == null ? options.routerKeyFile : options.routerPasswordFile;
        Path file = named == null ? context.files().path("router.key") : named.toAbsolutePath();
        RouterLogin login = new RouterLogin(
                address.host(),
                address.port(),
                options.routerUser,
                file,
                options.routerPasswordFile == null,
                hostKey,
                options.legacy);
        if (named == null && !Files.exists(file)) {
            NewKey made = context.probe().newKey();
            context.files().create("router.key", made.pem());
            context.asks().say("created " + file + ", a new key. On the router, as its admin:");
            say(context, NextSteps.withKey(login.user(), Optional.of(made.publicHalf())));
            if (!context.asks().yes("Is that done?")) {
                throw new SetupException("run berth init again when it is: it will use " + file);
            }
        }
        return login;
    }

    private static SetupProbe.Gateway read(SetupContext context, RouterLogin login) {
        for (int attempt = 1; ; attempt++) {
            try {
                Secret secret = (login.key() ? SecretKind.SSH_KEY : SecretKind.PASSWORD).read(login.file());
                return context.probe().router(login, secret);
            } catch (RuntimeException wrong) {
                String why = "the router cannot be read with " + login.file() + ": " + SetupException.reason(wrong);
                if (context.asks().silent() || attempt == Interview.ATTEMPTS) {
                    throw new SetupException(why, wrong);
                }
                context.asks().say(why);
                context.asks().say("The login needs, on the router, as its admin:");
                say(context, commands(context.probe(), login));
                if (!context.asks().yes("Try again?")) {
                    throw new SetupException(why, wrong);
                }
            }
        }
    }

    /** What gives Berth this login on the router. */
    static List<String> commands(SetupProbe probe, RouterLogin login) {
        return login.key()
                ? NextSteps.withKey(login.user(), publicHalf(probe, login.file()))
                : NextSteps.withPassword(login.user(), login.file());
    }

    private static Optional<PublicHalf> publicHalf(SetupProbe probe, Path file) {
        try {
            return probe.publicHalf(SecretKind.SSH_KEY.read(file));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static void say(SetupContext context, List<String> lines) {
        lines.forEach(line -> context.asks().say("  " + line));
    }
}
