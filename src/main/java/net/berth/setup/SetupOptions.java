package net.berth.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code berth init}; values that are not given are asked for. */
public final class SetupOptions {
    @Option(names = "--proxmox-url", paramLabel = "URL", description = "Such as https://pve1.home.lan:8006.")
    String proxmoxUrl = "";

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "The certificate that Proxmox must show; one for each node.",
            split = ",")
    List<String> fingerprints = new ArrayList<>();

    @Option(names = "--cluster", paramLabel = "NAME", description = "The cluster's name for Berth (default: home).")
    String cluster = "home";

    @Option(names = "--token-id", paramLabel = "ID", description = "The API token (default: berth@pve!berth).")
    String tokenId = "berth@pve!berth";

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token's secret.")
    @Nullable
    Path tokenFile;

    @Option(names = "--nipap-url", paramLabel = "URL", description = "Such as http://nipap.home.lan:1337/XMLRPC.")
    String nipapUrl = "";

    @Option(names = "--nipap-user", paramLabel = "NAME", description = "The user in NIPAP (default: berth).")
    String nipapUser = "berth";

    @Option(
            names = "--nipap-password-file",
            paramLabel = "FILE",
            description = "A file with the password of that user.")
    @Nullable
    Path nipapPasswordFile;

    @Option(names = "--vrf", paramLabel = "NAME", description = "The VRF in NIPAP (default: default).")
    String vrf = "default";

    @Option(names = "--router", paramLabel = "HOST[:PORT]", description = "The EdgeMax router.")
    String router = "";

    @Option(names = "--router-user", paramLabel = "NAME", description = "An admin of the router (default: berth).")
    String routerUser = "berth";

    @Option(names = "--router-key-file", paramLabel = "FILE", description = "A file with the private key of that user.")
    @Nullable
    Path routerKeyFile;

    @Option(
            names = "--router-password-file",
            paramLabel = "FILE",
            description = "Or a file with the password of that user.")
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
                    "Which bridge and VLAN a prefix is on, if that cannot be found out. May be repeated; then only the"
                            + " prefixes named become networks.")
    List<String> networks = new ArrayList<>();

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "The guests' DNS domain, if the router has none.")
    String domain = "home.lan";

    @Option(names = "--listen", paramLabel = "HOST[:PORT]", description = "Where the nodes reach the receiver.")
    String listen = "";

    @Option(
            names = "--https",
            negatable = true,
            description = "HTTPS with a certificate that init creates, or not (default: unless --listen is a loopback"
                    + " address).")
    @Nullable
    Boolean https;

    @Option(
            names = {"-y", "--yes"},
            description = "Ask nothing and take what is proposed; needs --fingerprint and --host-key.")
    boolean yes;

    /** Whether no question is asked. */
    public boolean silent() {
        return yes;
    }
}
