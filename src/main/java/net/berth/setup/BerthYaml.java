package net.berth.setup;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import net.berth.security.PlainText;

/** The text of {@code berth.yaml}. Every text is quoted, so that no answer can become YAML syntax. */
final class BerthYaml {
    private final StringBuilder text = new StringBuilder();

    static String of(Answers setup, List<ProposedNetwork> networks) {
        BerthYaml yaml = new BerthYaml();
        yaml.section("server");
        yaml.value("  listen", setup.listen());
        yaml.value("  hook-secret-file", "hook.secret");
        yaml.value("  api-token-file", "api.token");
        yaml.section("proxmox");
        yaml.text.append("  urls: [").append(quoted(setup.proxmox().toString())).append("]\n");
        yaml.value("  cluster", setup.cluster());
        yaml.value("  token-id", setup.tokenId());
        yaml.value("  token-file", setup.token());
        yaml.value("  fingerprint", setup.fingerprint());
        yaml.section("nipap");
        yaml.value("  url", setup.nipap().toString());
        yaml.value("  username", setup.nipapUser());
        yaml.value("  password-file", setup.password());
        yaml.value("  vrf", setup.vrf());
        yaml.section("router");
        yaml.value("  kind", "edgemax");
        yaml.value("  host", setup.router().host());
        yaml.text.append("  port: ").append(setup.router().port()).append('\n');
        yaml.value("  username", setup.router().user());
        yaml.value(
                setup.router().key() ? "  private-key-file" : "  password-file",
                setup.router().file());
        yaml.value("  host-key", setup.router().hostKey());
        yaml.text
                .append("  legacy-algorithms: ")
                .append(setup.router().legacy())
                .append('\n');
        yaml.section("networks");
        networks.forEach(yaml::network);
        yaml.section("guests");
        yaml.value("  select", "hook");
        yaml.text.append("  mode: sync                 # report: only show what would be done\n");
        return yaml.text.toString();
    }

    /**
     * The values for the file.
     *
     * @param token the file with the token's secret
     * @param password the file with NIPAP's password
     */
    record Answers(
            String listen,
            URI proxmox,
            String cluster,
            String tokenId,
            Path token,
            String fingerprint,
            URI nipap,
            String nipapUser,
            Path password,
            String vrf,
            SetupProbe.RouterLogin router) {}

    private void network(ProposedNetwork network) {
        text.append("  # ").append(network.why()).append('\n');
        text.append("  - name: ").append(quoted(network.name())).append('\n');
        value("    bridge", network.bridge());
        if (network.vlan() != 0) {
            text.append("    vlan: ").append(network.vlan()).append('\n');
        }
        value("    prefix", network.prefix());
        value("    gateway", network.gateway());
        value("    domain", network.domain());
        text.append("    nameservers: [")
                .append(quoted(network.gateway().toString()))
                .append("]\n");
        if (!network.dhcp().isEmpty()) {
            value("    dhcp", network.dhcp());
        }
    }

    private void section(String name) {
        text.append(name).append(":\n");
    }

    private void value(String key, Object value) {
        text.append(key).append(": ").append(quoted(value.toString())).append('\n');
    }

    private static String quoted(String value) {
        return "\"" + PlainText.of(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
