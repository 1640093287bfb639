package net.berth.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.EdgeMaxSettings.HostKey;
import net.berth.edgemax.EdgeMaxSettings.Login;
import net.berth.engine.EngineSettings;
import net.berth.http.ReceiverSettings;
import net.berth.http.ReceiverSettings.Transport;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.ReservedNames;
import net.berth.nipap.NipapSettings;
import net.berth.proxmox.ApiToken;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;

/** Turns the text of a settings file into settings: the keys, their forms and their defaults. */
final class SettingsReader {
    private static final Forms.HostPort LISTEN = new Forms.HostPort("127.0.0.1", 8480);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration RESYNC = Duration.ofMinutes(10);
    private static final Duration COMMIT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration RELEASE_AFTER = Duration.ofHours(24);
    private static final int RELEASE_LIMIT = 3;
    private static final int SSH = 22;
    private static final String READ_TOKEN = "api-read-token-file";

    // A colon would end the name in NIPAP's external_key.
    private static final Form<String> CLUSTER = Forms.matching(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,62}", "the cluster's name: letters, digits, dots, underscores and hyphens");
    private static final Form<String> TOKEN_ID = Forms.matching(
            "[^\\s@!=:]+@[^\\s@!=:]+![A-Za-z][A-Za-z0-9._-]+", "USER@REALM!NAME such as berth@pve!berth");
    // Basic auth ends the name at a colon.
    private static final Form<String> USERNAME =
            Forms.matching("[\\x21-\\x39\\x3b-\\x7e]{1,128}", "a user name without blanks and colons");
    private static final Form<String> LOGIN_NAME = Forms.matching(
            "[A-Za-z_][A-Za-z0-9._-]{0,31}", "a user name: letters, digits, dots, underscores and hyphens");
    private static final Form<String> VRF = Forms.matching("\\S(?:.{0,126}\\S)?", "default, or a VRF's name");
    private static final Form<String> HOST_KEY =
            Forms.matching("SHA256:[A-Za-z0-9+/]{43}", "SHA256: and 43 characters, as ssh-keygen -lf shows it");
    private static final Form<String> TAG =
            Forms.matching("[a-z0-9_][a-z0-9_+.-]{0,63}", "a Proxmox tag: lower-case letters, digits, _ - + .");

    private final SecretFiles files;
    private final Mistakes mistakes;

    SettingsReader(SecretFiles files, Mistakes mistakes) {
        this.files = files;
        this.mistakes = mistakes;
    }

    /** The settings; empty when there are mistakes. */
    Optional<Settings> read(String text) {
        var root = YamlTree.read(text, mistakes);
        if (root instanceof Node.Mapping mapping) {
            return read(new Section(mapping, 1, "", mistakes));
        }
        if (mistakes.none()) {
            mistakes.add(root.line(), "file", "found " + root.kind(), "the sections of berth.yaml");
        }
        return Optional.empty();
    }

    /** See {@link SettingsFile#reading}. */
    Optional<SettingsFile.Reading> reading(String text) {
        return YamlTree.read(text, mistakes) instanceof Node.Mapping mapping
                ? new Section(mapping, 1, "", mistakes).section("server", "").flatMap(this::reading)
                : Optional.empty();
    }

    private Optional<SettingsFile.Reading> reading(Section server) {
        var full = server.required("api-token-file", files.readable()).orElse(true);
        if (full || !server.has(READ_TOKEN)) {
            return Optional.empty();
        }
        var listen = server.optional("listen", LISTEN, Forms.listen());
        var token = server.required(READ_TOKEN, files.secret(SecretKind.API_TOKEN));
        var certificates = server.has("certificate-file")
                ? server.required("certificate-file", files.certificates()).map(List::of)
                : Optional.of(List.<Path>of());
        return mistakes.none()
                ? Optional.of(new SettingsFile.Reading(
                        listen.orElseThrow().host(),
                        listen.orElseThrow().port(),
                        token.orElseThrow(),
                        certificates.orElseThrow()))
                : Optional.empty();
    }

    private Optional<Settings> read(Section root) {
        var server = root.section("server", "a section: the receiver's own side");
        var proxmox = root.section("proxmox", "a section: where the guests are").flatMap(this::proxmox);
        var nipap = root.section("nipap", "a section: where the addresses are").flatMap(this::nipap);
        var router = root.section("router", "a section: where the DHCP mappings are");
        var networks = NetworkList.read(root.sections("networks", "a list of networks, one at least"));
        var guests = root.optionalSection("guests", "a section: what may be done with guests")
                .flatMap(SettingsReader::guests);
        var webhooks = new NotifyList(files).read(root.optionalSections("notify", "a list of receivers of events"));
        // Built last, of parts that are all there by then: nothing is built of a file with a mistake.
        var receiver = server.flatMap(section -> receiver(section, networks, () -> cluster(proxmox.orElseThrow())));
        var edgemax = router.flatMap(section -> router(section, sharedNetworks(networks)));
        return root.build(() -> new Settings(
                receiver.orElseThrow(),
                proxmox.orElseThrow().settings(),
                nipap.orElseThrow(),
                edgemax.orElseThrow(),
                new EngineSettings(
                        cluster(proxmox.orElseThrow()),
                        networks,
                        guests.orElseThrow().policy(),
                        withHosts(
                                guests.orElseThrow().names(),
                                proxmox.orElseThrow().settings().urls(),
                                nipap.orElseThrow(),
                                edgemax.orElseThrow()),
                        proxmox.orElseThrow().poll(),
                        proxmox.orElseThrow().resync()),
                webhooks));
    }

    private static ReservedNames withHosts(
            ReservedNames names, List<URI> proxmox, NipapSettings nipap, EdgeMaxSettings router) {
        var all = names;
        for (var url : proxmox) {
            all = all.withHost("proxmox.urls", url.getHost());
        }
        return all.withHost("nipap.url", nipap.url().getHost()).withHost("router.host", router.host());
    }

    private static String cluster(Proxmox proxmox) {
        return proxmox.settings().cluster();
    }

    private static Set<String> sharedNetworks(List<Network> networks) {
        return networks.stream().filter(Network::onRouter).map(Network::dhcp).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<ReceiverSettings> receiver(Section section, List<Network> networks, Supplier<String> cluster) {
        var listen = section.optional("listen", LISTEN, Forms.listen());
        var hosts = section.optionalList("hosts", Forms.host());
        var hooks = section.required("hook-secret-file", files.hookKeys());
        var token = section.required("api-token-file", files.secret(SecretKind.API_TOKEN));
        var readToken = readToken(section, token);
        var transport = transport(section);
        return section.build(() -> new ReceiverSettings(
                listen.orElseThrow().host(),
                listen.orElseThrow().port(),
                Stream.of(Stream.of(listen.orElseThrow().host()), hosts.orElseThrow().stream(), ownNames(networks))
                        .flatMap(names -> names)
                        .toList(),
                hooks.orElseThrow(),
                token.orElseThrow(),
                readToken.orElseThrow(),
                cluster.get(),
                transport.orElseThrow()));
    }

    /** The token that may only read, or none. With the text of the full token it would have all rights. */
    private Optional<List<Secret>> readToken(Section section, Optional<Secret> full) {
        if (!section.has(READ_TOKEN)) {
            return Optional.of(List.of());
        }
        var kind = SecretKind.API_TOKEN;
        var token = section.required(READ_TOKEN, files.secret(kind));
        if (token.isPresent()
                && full.isPresent()
                && MessageDigest.isEqual(token.get().revealBytes(), full.get().revealBytes())) {
            return section.refuse(READ_TOKEN, "found the token of api-token-file", kind.allowed + ", another one");
        }
        return token.map(List::of);
    }

    /** The machine's name, and that name in the networks' domains. */
    private static Stream<String> ownNames(List<Network> networks) {
        var machine = machine();
        return Stream.concat(Stream.of(machine), networks.stream().map(network -> machine + "." + network.domain()));
    }

    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** Both or none: with one of them the receiver would serve plain HTTP without a warning. */
    private Optional<Transport> transport(Section section) {
        var certificate = section.has("certificate-file");
        var key = section.has("private-key-file");
        if (!certificate && !key) {
            return Optional.of(new Transport.Plain());
        }
        if (certificate != key) {
            var given = certificate ? "certificate-file" : "private-key-file";
            return section.refuse(given, "found it alone", "both certificate-file and private-key-file, or none");
        }
        var chain = section.required("certificate-file", files.certificates());
        var secret = section.required("private-key-file", files.pemKey());
        return chain.flatMap(file -> secret.map(pem -> new Transport.Tls(file, pem)));
    }

    /** {@code proxmox:} holds two intervals of the engine beside what the adapter needs. */
    private record Proxmox(ProxmoxSettings settings, Duration poll, Duration resync) {}

    private Optional<Proxmox> proxmox(Section section) {
        var urls = section.requiredList("urls", Forms.proxmoxUrl(), false);
        var cluster = section.required("cluster", CLUSTER);
        var tokenId = section.required("token-id", TOKEN_ID);
        var token = section.required("token-file", files.secret(SecretKind.PROXMOX_TOKEN));
        var trust = section.oneOf("fingerprint", "ca-file").flatMap(key -> trust(section, key));
        var poll = section.optional("poll", POLL, Forms.duration());
        var resync = section.optional("resync", RESYNC, Forms.duration());
        return section.build(() -> new Proxmox(
                new ProxmoxSettings(
                        urls.orElseThrow(),
                        cluster.orElseThrow(),
                        new ApiToken(tokenId.orElseThrow(), token.orElseThrow()),
                        trust.orElseThrow(),
                        ProxmoxSettings.Limits.usual()),
                poll.orElseThrow(),
                resync.orElseThrow()));
    }

    /** Each node has its own certificate, so there may be several fingerprints. */
    private Optional<TlsTrust> trust(Section section, String key) {
        return key.equals("fingerprint")
                ? section.requiredList(key, Forms.fingerprint(), true).map(TlsTrust.Fingerprints::new)
                : section.required(key, files.certificates()).map(TlsTrust.Authority::new);
    }

    private Optional<NipapSettings> nipap(Section section) {
        var url = section.required("url", Forms.nipapUrl());
        var username = section.required("username", USERNAME);
        var password = section.required("password-file", files.secret(SecretKind.PASSWORD));
        var vrf = section.optional("vrf", "default", VRF);
        return section.build(() ->
                NipapSettings.of(url.orElseThrow(), username.orElseThrow(), password.orElseThrow(), vrf.orElseThrow()));
    }

    private Optional<EdgeMaxSettings> router(Section section, Set<String> sharedNetworks) {
        section.optional("kind", "edgemax", Forms.oneOf(List.of("edgemax")));
        var host = section.required("host", Forms.host());
        var port = section.optional("port", SSH, Forms.port());
        var username = section.required("username", LOGIN_NAME);
        var login = section.oneOf("private-key-file", "password-file").flatMap(key -> login(section, key));
        var hostKey = hostKey(section);
        var legacy = section.optional("legacy-algorithms", false, Forms.flag());
        var commit = section.optional("commit-timeout", COMMIT_TIMEOUT, Forms.duration());
        return section.build(() -> new EdgeMaxSettings(
                host.orElseThrow(),
                port.orElseThrow(),
                username.orElseThrow(),
                login.orElseThrow(),
                hostKey.orElseThrow(),
                legacy.orElseThrow(),
                sharedNetworks,
                EdgeMaxSettings.Times.withCommit(commit.orElseThrow())));
    }

    private Optional<Login> login(Section section, String key) {
        return key.equals("private-key-file")
                ? section.required(key, files.secret(SecretKind.SSH_KEY)).map(Login.Key::new)
                : section.required(key, files.secret(SecretKind.PASSWORD)).map(Login.Password::new);
    }

    /** Without a key every connection is refused; the message shows the line to add. */
    private Optional<HostKey> hostKey(Section section) {
        var none = !section.has("host-key") && !section.has("known-hosts-file");
        return none
                ? Optional.of(new HostKey.Unknown())
                : section.atMostOneOf("host-key", "known-hosts-file").flatMap(key -> hostKey(section, key));
    }

    private Optional<HostKey> hostKey(Section section, String key) {
        return key.equals("host-key")
                ? section.required(key, HOST_KEY).map(HostKey.Fingerprint::new)
                : section.required(key, files.knownHosts()).map(HostKey.KnownHosts::new);
    }

    /** {@code guests:} holds names beside the policy. */
    private record Guests(Policy policy, ReservedNames names) {}

    private static Optional<Guests> guests(Section section) {
        var select = section.optional("select", Policy.Select.HOOK, Forms.word(Policy.Select.class));
        var tag = section.optional("tag", "berth", TAG);
        var mode = section.optional("mode", Policy.Mode.SYNC, Forms.word(Policy.Mode.class));
        var writeBack = section.optional("write-back", Policy.WriteBack.FIRST_BOOT, Forms.word(Policy.WriteBack.class));
        var after = section.optional("release-after", RELEASE_AFTER, Forms.duration());
        var limit = section.optional("release-limit", RELEASE_LIMIT, Forms.number(0, 1000));
        var nics = section.optional("nics-limit", Policy.NICS_LIMIT, Forms.number(1, 32));
        var reserved = section.optionalList("reserved-names", Forms.guestName());
        var allowed = section.optionalList("allowed-names", Forms.guestName());
        return section.build(() -> new Guests(
                new Policy(
                        select.orElseThrow(),
                        tag.orElseThrow(),
                        mode.orElseThrow(),
                        writeBack.orElseThrow(),
                        after.orElseThrow(),
                        limit.orElseThrow(),
                        nics.orElseThrow()),
                new ReservedNames(
                        reserved.orElseThrow().stream()
                                .collect(Collectors.toMap(
                                        name -> name,
                                        name -> "guests.reserved-names in berth.yaml has it",
                                        (a, b) -> a)),
                        Set.copyOf(allowed.orElseThrow()))));
    }
}
