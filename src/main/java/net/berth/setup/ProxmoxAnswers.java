package net.berth.setup;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.config.SecretKind;
import net.berth.engine.port.SideBySide;
import net.berth.security.ShownCertificate;
import net.berth.setup.ask.Interview;
import net.berth.setup.ask.Interview.Question;
import net.berth.setup.ask.PeerAddress;
import net.berth.setup.ask.SetupException;

/** How to reach Proxmox: each node that answered, with its certificate's fingerprint, in this order; and what it holds. */
record ProxmoxAnswers(List<URI> urls, List<String> fingerprints, Path tokenFile, SetupProbe.Cluster cluster) {
    private static final String ON_THE_NODE =
            "(there: openssl x509 -noout -fingerprint -sha256 -in /etc/pve/local/pve-ssl.pem)";

    ProxmoxAnswers {
        urls = List.copyOf(urls);
        fingerprints = List.copyOf(fingerprints);
    }

    /** A node and the certificate that it shows. */
    private record Shown(URI url, ShownCertificate certificate) {}

    static ProxmoxAnswers ask(SetupContext context) {
        SetupOptions options = context.options();
        Interview asks = context.asks();
        Shown first = asks.ask(
                new Question("Proxmox", "https://pve1.home.lan:8006", "--proxmox-url"),
                options.proxmoxUrl,
                text -> shown(context, PeerAddress.proxmox(text)));
        show(asks, first);
        if (!options.fingerprints.isEmpty() && !isNamed(options, first)) {
            throw new SetupException(
                    first.url() + " does not show the certificate of --fingerprint: another machine may answer");
        }
        if (!isNamed(options, first) && !asks.yes("Is it the node's? " + ON_THE_NODE)) {
            throw new SetupException("not trusted, so nothing was sent to it and nothing was created");
        }
        SecretAnswer<SetupProbe.Cluster> token = token(context, first);
        SetupProbe.Cluster cluster = token.said();
        asks.say("Proxmox VE " + cluster.version() + ", nodes " + String.join(", ", cluster.nodes()) + ", "
                + cluster.guests().all().size() + " guests");
        cluster.guests().problems().stream()
                .findFirst()
                .ifPresent(problem ->
                        asks.say(cluster.guests().problems().size() + " guests could not be read: " + problem));
        List<Shown> nodes = new ArrayList<>(List.of(first));
        nodes.addAll(others(context, first.url(), cluster));
        return new ProxmoxAnswers(
                nodes.stream().map(Shown::url).toList(),
                nodes.stream()
                        .map(node -> node.certificate().fingerprint())
                        .distinct()
                        .toList(),
                token.file(),
                cluster);
    }

    private static SecretAnswer<SetupProbe.Cluster> token(SetupContext context, Shown node) {
        SetupOptions options = context.options();
        if (options.tokenFile == null && !context.asks().silent()) {
            context.asks().say("If there is no token yet, as root on a node:");
            context.probe().proxmoxCommands(options.tokenId).forEach(line -> context.asks()
                    .say("  " + line));
        }
        return SecretAnswer.ask(
                context,
                options.tokenFile,
                "proxmox.token",
                SecretKind.PROXMOX_TOKEN,
                new Question(
                        "Secret of the token " + options.tokenId + " (not shown)",
                        "12345678-90ab-cdef-1234-567890abcdef",
                        "--token-file"),
                secret ->
                        context.probe().cluster(node.url(), node.certificate().fingerprint(), options.tokenId, secret));
    }

    /** The cluster's other nodes, so that Berth works while the first is down; one that does not answer is left out. */
    private static List<Shown> others(SetupContext context, URI first, SetupProbe.Cluster cluster) {
        List<Shown> trusted = new ArrayList<>();
        List<Map.Entry<String, String>> others = List.copyOf(cluster.others().entrySet());
        List<Optional<Shown>> answers =
                SideBySide.map(others, node -> firstOf(context, candidates(first, cluster.local(), node)));
        for (int i = 0; i < others.size(); i++) {
            String node = others.get(i).getKey();
            if (answers.get(i).isEmpty()) {
                context.asks().say("The node \"" + node + "\" does not answer and is left out of urls");
            } else if (isTrusted(context, node, answers.get(i).get())) {
                trusted.add(answers.get(i).get());
            }
        }
        return trusted;
    }

    private static boolean isTrusted(SetupContext context, String node, Shown shown) {
        show(context.asks(), shown);
        boolean good = isNamed(context.options(), shown)
                || (!context.asks().silent() && context.asks().yes("Is it that of " + node + "? " + ON_THE_NODE));
        if (!good) {
            context.asks()
                    .say("The node \"" + node + "\" is left out of urls: its certificate is not confirmed"
                            + (context.asks().silent() ? " by a further --fingerprint" : ""));
        }
        return good;
    }

    /** Where a node may be reached: by its name where the first one is, and by its address. */
    private static List<URI> candidates(URI first, String local, Map.Entry<String, String> node) {
        String host = first.getHost();
        List<URI> candidates = new ArrayList<>();
        if (!local.isEmpty() && (host + ".").startsWith(local + ".")) {
            candidates.add(PeerAddress.beside(first, node.getKey() + host.substring(local.length())));
        }
        candidates.add(PeerAddress.beside(first, node.getValue()));
        return candidates;
    }

    private static Optional<Shown> firstOf(SetupContext context, List<URI> candidates) {
        for (URI url : candidates) {
            try {
                return Optional.of(shown(context, url));
            } catch (SetupException silent) {
                // The next one.
            }
        }
        return Optional.empty();
    }

    private static Shown shown(SetupContext context, URI url) {
        try {
            return new Shown(url, context.probe().certificate(url));
        } catch (IOException e) {
            throw new SetupException(url + " shows no certificate: " + SetupException.reason(e), e);
        }
    }

    private static void show(Interview asks, Shown node) {
        asks.say(node.url() + " shows " + node.certificate().subject() + ", until "
                + node.certificate().notAfter());
        asks.say("  fingerprint " + node.certificate().fingerprint());
    }

    private static boolean isNamed(SetupOptions options, Shown node) {
        return options.fingerprints.stream()
                .anyMatch(one -> one.equalsIgnoreCase(node.certificate().fingerprint()));
    }
}
