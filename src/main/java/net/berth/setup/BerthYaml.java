package net.berth.setup;

import java.util.List;
import java.util.stream.Collectors;
import net.berth.security.PlainText;
import net.berth.setup.network.ProposedNetwork;
import org.jspecify.annotations.Nullable;

/** The text of {@code berth.yaml}. Every text is quoted, so that no answer can become YAML syntax. */
final class BerthYaml {
    private static final String HTTPS = """
              certificate-file: "%s"
              private-key-file: "%s"
            """.formatted(ListenerAnswers.CERTIFICATE, ListenerAnswers.KEY);

    private BerthYaml() {}

    static String of(
            SetupOptions answers,
            ListenerAnswers listener,
            ProxmoxAnswers proxmox,
            NipapAnswers nipap,
            SetupProbe.RouterLogin router,
            List<ProposedNetwork> networks) {
        return """
                server:
                  listen: %s
                  hook-secret-file: "hook.secret"
                  api-token-file: "api.token"
                %sproxmox:
                  urls: [%s]
                  cluster: %s
                  token-id: %s
                  token-file: %s
                  fingerprint: [%s]
                nipap:
                  url: %s
                  username: %s
                  password-file: %s
                  vrf: %s
                router:
                  kind: "edgemax"
                  host: %s
                  port: %s
                  username: %s
                  %s: %s
                  host-key: %s
                  legacy-algorithms: %s
                networks:
                %sguests:
                  select: "hook"
                  mode: report               # only shows what it would do; sync does it
                """.formatted(
                        quoted(listener.listen()),
                        listener.fingerprint().isEmpty() ? "" : HTTPS,
                        list(proxmox.urls()),
                        quoted(answers.cluster),
                        quoted(answers.tokenId),
                        quoted(proxmox.tokenFile()),
                        list(proxmox.fingerprints()),
                        quoted(nipap.url()),
                        quoted(answers.nipapUser),
                        quoted(nipap.passwordFile()),
                        quoted(answers.vrf),
                        quoted(router.host()),
                        router.port(),
                        quoted(router.user()),
                        router.key() ? "private-key-file" : "password-file",
                        quoted(router.file()),
                        quoted(router.hostKey()),
                        router.legacy(),
                        networks.stream().map(BerthYaml::network).collect(Collectors.joining()));
    }

    private static String network(ProposedNetwork network) {
        return """
                  # %s
                  - name: %s
                    bridge: %s
                %s    prefix: %s
                %s    domain: %s
                %s%s%s""".formatted(
                        network.why(),
                        quoted(network.name()),
                        quoted(network.bridge()),
                        network.vlan() == 0 ? "" : "    vlan: " + network.vlan() + "\n",
                        quoted(network.prefix()),
                        gateway(network),
                        quoted(network.domain()),
                        network.gateway().isEmpty() ? "" : "    nameservers: [" + quoted(network.gateway()) + "]\n",
                        network.dhcp().isEmpty() ? "" : "    dhcp: " + quoted(network.dhcp()) + "\n",
                        network.exclude().isEmpty() ? "" : "    exclude: [" + list(network.exclude()) + "]\n");
    }

    private static String list(List<?> values) {
        return values.stream().map(BerthYaml::quoted).collect(Collectors.joining(", "));
    }

    private static String gateway(ProposedNetwork network) {
        return network.gateway().isEmpty()
                ? "    # no gateway is known; if there is one, add gateway: and nameservers:\n"
                : "    gateway: " + quoted(network.gateway()) + "\n";
    }

    private static String quoted(@Nullable Object value) {
        return "\"" + PlainText.of(String.valueOf(value)).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
