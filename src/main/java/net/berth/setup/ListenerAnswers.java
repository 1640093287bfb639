package net.berth.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.berth.security.OwnCertificate;
import net.berth.security.ShellWord;
import net.berth.security.ShownCertificate;
import net.berth.setup.ask.Interview.Question;
import net.berth.setup.ask.PeerAddress;
import net.berth.setup.ask.SetupException;

/**
 * Where the receiver listens.
 *
 * @param listen the address and port to bind
 * @param url where the nodes reach it
 * @param fingerprint of its certificate; empty for plain HTTP
 * @param files its certificate and key; none for plain HTTP
 */
record ListenerAnswers(String listen, String url, String fingerprint, List<Path> files) {
    static final String CERTIFICATE = "server.pem";
    static final String KEY = "server.key";

    ListenerAnswers {
        files = List.copyOf(files);
    }

    /** @param local this machine's address towards the nodes */
    static ListenerAnswers ask(SetupContext context, String local) {
        SetupOptions options = context.options();
        PeerAddress.HostPort address = context.asks()
                .ask(
                        new Question(
                                "Where the nodes reach the receiver",
                                "",
                                "--listen",
                                PeerAddress.listener(local).toString()),
                        options.listen,
                        PeerAddress::listener);
        // 0.0.0.0 is every address of this machine, but none that a node can connect to.
        String reached = isAny(address.host()) ? local : address.host();
        String place = reached + ":" + address.port();
        if (!wantsHttps(context, address.host())) {
            return new ListenerAnswers(address.toString(), "http://" + place, "", List.of());
        }
        String fingerprint = fingerprint(context, names(options, address.host(), reached));
        context.asks().say("The receiver's certificate, also what a browser shows at https://" + place + "/ :");
        context.asks().say("  fingerprint " + fingerprint);
        return new ListenerAnswers(
                address.toString(),
                "https://" + place,
                fingerprint,
                List.of(context.files().path(CERTIFICATE), context.files().path(KEY)));
    }

    private static boolean wantsHttps(SetupContext context, String host) {
        Boolean flag = context.options().https;
        if (flag != null) {
            return flag;
        }
        return !isLoopback(host)
                && context.asks().accepts("HTTPS, with a certificate that is created now (recommended)?");
    }

    /** Of the certificate of an earlier run or of the person's own; if there is none, of a new one. */
    private static String fingerprint(SetupContext context, List<String> names) {
        Path certificate = context.files().path(CERTIFICATE);
        Path key = context.files().path(KEY);
        boolean exists = Files.exists(certificate);
        if (exists != Files.exists(key)) {
            throw new SetupException(
                    "there is only one of " + certificate + " and " + key + ": move it away, or add the other");
        }
        if (!exists) {
            OwnCertificate made = OwnCertificate.create(names, Instant.now());
            context.files().laterReadable(CERTIFICATE, made.certificate());
            context.files().later(KEY, made.privateKey());
            return ShownCertificate.ofPem(made.certificate()).fingerprint();
        }
        try {
            String shown = ShownCertificate.ofPem(Files.readString(certificate)).fingerprint();
            context.asks().say("kept the existing files " + certificate + " and " + key);
            return shown;
        } catch (IOException | IllegalArgumentException e) {
            throw new SetupException("cannot read a certificate from " + certificate, e);
        }
    }

    /** The names and addresses under which a browser may reach it. */
    private static List<String> names(SetupOptions options, String host, String reached) {
        List<String> names = new ArrayList<>(List.of(reached.replaceAll("[\\[\\]]", "")));
        if (isAny(host) || isLoopback(host)) {
            names.addAll(List.of("localhost", "127.0.0.1"));
        }
        String machine = machine();
        if (ShellWord.isHost(machine)) {
            names.add(machine);
            names.add(machine + "." + options.domain);
        }
        return names.stream().distinct().toList();
    }

    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isAny(String host) {
        return isAddress(host, InetAddress::isAnyLocalAddress);
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || isAddress(host, InetAddress::isLoopbackAddress);
    }

    /** Of an address only: no name is looked up. */
    private static boolean isAddress(String host, Predicate<InetAddress> test) {
        try {
            return host.matches("\\[.*\\]|[0-9.]+") && test.test(InetAddress.getByName(host));
        } catch (IOException e) {
            return false;
        }
    }
}
