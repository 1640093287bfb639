package net.berth.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code berth init}; what is not given is asked for. */
final class InitOptions {
    @Option(names = "--proxmox-url", paramLabel = "URL", description = "Such as https://pve1.home.lan:8006.")
    @Nullable
    URI proxmoxUrl;

    @Option(names = "--fingerprint", paramLabel = "SHA256", description = "The certificate that Proxmox must show.")
    String fingerprint = "";

    @Option(names = "--cluster", paramLabel = "NAME", description = "The cluster's name for Berth (default: home).")
    String cluster = "home";

    @Option(names = "--token-id", paramLabel = "ID", description = "The API token (default: berth@pve!berth).")
    String tokenId = "berth@pve!berth";

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token's secret.")
    @Nullable
    Path tokenFile;

    @Option(names = "--nipap-url", paramLabel = "URL", description = "Such as http://nipap.home.lan:1337/XMLRPC.")
    @Nullable
    URI nipapUrl;

    @Option(names = "--nipap-user", paramLabel = "NAME", description = "NIPAP's user (default: berth).")
    String nipapUser = "berth";

    @Option(names = "--nipap-password-file", paramLabel = "FILE", description = "A file with its password.")
    @Nullable
    Path nipapPasswordFile;

    @Option(names = "--vrf", paramLabel = "NAME", description = "NIPAP's VRF (default: default).")
    String vrf = "default";

    @Option(names = "--router", paramLabel = "HOST[:PORT]", description = "The EdgeMax router.")
    String router = "";

    @Option(names = "--router-user", paramLabel = "NAME", description = "An admin of it (default: berth).")
    String routerUser = "berth";

    @Option(names = "--router-key-file", paramLabel = "FILE", description = "A private key of that user.")
    @Nullable
    Path routerKeyFile;

    @Option(names = "--router-password-file", paramLabel = "FILE", description = "Or a file with the password.")
    @Nullable
    Path routerPasswordFile;

    @Option(names = "--host-key", paramLabel = "SHA256:...", description = "The host key that the router must show.")
    String hostKey = "";

    @Option(names = "--legacy-algorithms", description = "The router runs EdgeOS 1.x.")
    boolean legacy;

    @Option(
            names = "--network",
            paramLabel = "PREFIX=BRIDGE[.VLAN]",
            description =
                    "Which bridge and VLAN a prefix is on, where that is not found. May be repeated; then only the"
                            + " prefixes named become networks.")
    List<String> networks = new ArrayList<>();

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "The guests' DNS domain, where the router has none.")
    String domain = "home.lan";

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where the nodes reach the receiver.")
    String listen = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Ask nothing: trust what is shown on the wire now, take what is proposed.")
    boolean yes;
}
