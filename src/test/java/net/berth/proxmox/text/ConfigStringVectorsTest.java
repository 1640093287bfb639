package net.berth.proxmox.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConfigStringVectorsTest {
    /** Keys that Berth neither reads nor writes: it keeps what stands there and leaves the judgement to Proxmox. */
    private static final Set<String> NOT_JUDGED =
            Set.of("firewall", "rate", "queues", "mtu", "trunks", "type", "foo", "dns", "model in a container");

    @TestFactory
    Stream<DynamicTest> netOfAVmIsReadOrRefusedAsProxmoxDoes() {
        return Vectors.strings("qemu-net").stream()
                // Proxmox of today refuses it; see aModelThatALaterProxmoxBringsIsReadAsAnyOther.
                .filter(v -> !v.path("note").asText().equals("unknown model"))
                .map(v -> test(v, text -> {
                    NetText net = NetText.ofVm(text);
                    JsonNode parsed = v.path("parsed");
                    if (parsed.isObject()) {
                        assertThat(net.mac()).isEqualTo(text(parsed, "macaddr").map(MacAddress::parse));
                        assertThat(net.bridge()).isEqualTo(text(parsed, "bridge"));
                        assertThat(net.tag()).isEqualTo(parsed.path("tag").asInt(0));
                    }
                    return net.toString();
                }));
    }

    @TestFactory
    Stream<DynamicTest> ipconfigOfAVmIsReadOrRefusedAsProxmoxDoes() {
        return Vectors.strings("qemu-ipconfig").stream()
                .map(v -> test(v, text -> {
                    IpConfig config = IpConfig.parse(text);
                    JsonNode parsed = v.path("parsed");
                    boolean usable = !(config.nicConfig() instanceof NicConfig.Other);
                    if (v.path("accepted").asBoolean() && !text.contains("ip6=")) {
                        assertThat(usable).isEqualTo(v.path("usable").asBoolean());
                    }
                    if (usable && parsed.isObject() && !text.isEmpty()) {
                        // Proxmox fills in dhcp for a family that the string does not name.
                        assertThat(config.nicConfig()).isEqualTo(address(text, parsed, text.contains("ip=")));
                    }
                    return config.toString();
                }));
    }

    @TestFactory
    Stream<DynamicTest> netOfAContainerIsReadOrRefusedAsProxmoxDoes() {
        return Vectors.strings("lxc-net").stream()
                .filter(v -> !v.path("input").asText().isEmpty())
                .map(v -> test(v, text -> {
                    NetText net = NetText.ofContainer(text);
                    JsonNode parsed = v.path("parsed");
                    if (parsed.isObject()) {
                        assertThat(net.mac())
                                .isEqualTo(text(parsed, "hwaddr")
                                        .filter(mac -> !mac.equals("GENERATED"))
                                        .map(MacAddress::parse));
                        assertThat(net.bridge()).isEqualTo(text(parsed, "bridge"));
                        assertThat(net.nicConfig()).isEqualTo(address(text, parsed, true));
                        assertThat(net.tag()).isEqualTo(parsed.path("tag").asInt(0));
                    }
                    return net.toString();
                }));
    }

    /** What Proxmox's own parser says about the IPv4 address. */
    private static NicConfig address(String whole, JsonNode parsed, boolean named) {
        String ip = named ? text(parsed, "ip").orElse("") : "";
        return switch (ip) {
            case "" -> new NicConfig.None();
            case "dhcp" -> new NicConfig.Dhcp();
            case "manual" -> new NicConfig.Other(whole);
            default ->
                new NicConfig.Static(
                        IpConfig.interfaceAddress(ip), text(parsed, "gw").orElse(""));
        };
    }

    @Test
    void aModelThatALaterProxmoxBringsIsReadAsAnyOther() {
        NetText net = NetText.ofVm("vmxnet9=BC:24:11:00:00:01,bridge=vmbr0,tag=20");
        assertThat(net.mac()).contains(MacAddress.parse("BC:24:11:00:00:01"));
        assertThat(net.tag()).isEqualTo(20);
        assertThat(NetText.ofVm("model=vmxnet9,macaddr=BC:24:11:00:00:01,bridge=vmbr0")
                        .mac())
                .isEqualTo(net.mac());
    }

    /** Proxmox takes the empty string for a container's NIC and makes none of it; Berth calls it no NIC. */
    @Test
    void anEmptyNetOfAContainerIsNoNic() {
        assertThatThrownBy(() -> NetText.ofContainer("")).isInstanceOf(ConfigTextException.class);
    }

    @Test
    void whatCannotBeUsedIsNeverTakenForAnAddress() {
        assertThat(IpConfig.parse("ip=manual").nicConfig()).isEqualTo(new NicConfig.Other("ip=manual"));
        assertThat(IpConfig.parse("ip=dhcp,gw=10.0.0.1").nicConfig()).isInstanceOf(NicConfig.Other.class);
        assertThat(IpConfig.parse("ip6=auto,gw6=fe80::1").nicConfig()).isEqualTo(new NicConfig.None());
        assertThat(IpConfig.parse("").nicConfig()).isEqualTo(new NicConfig.None());
    }

    private static DynamicTest test(JsonNode vector, Function<String, String> readAndPrint) {
        String input = vector.path("input").asText();
        return DynamicTest.dynamicTest(vector.path("id").asText() + " " + input, () -> {
            if (vector.path("accepted").asBoolean() || onlyKeysThatBerthDoesNotJudge(vector)) {
                assertThat(readAndPrint.apply(input)).isEqualTo(input);
            } else {
                assertThatThrownBy(() -> readAndPrint.apply(input))
                        .isInstanceOf(ConfigTextException.class)
                        .hasMessageContaining(input);
            }
        });
    }

    /** The error text names each refused key at the start of a line, behind the first line. */
    private static boolean onlyKeysThatBerthDoesNotJudge(JsonNode vector) {
        String error = vector.path("error").asText();
        return error.startsWith("format error\n")
                && error.lines().skip(1).allMatch(line -> isNotJudged(vector, line.substring(0, line.indexOf(':'))));
    }

    private static boolean isNotJudged(JsonNode vector, String key) {
        boolean container = vector.path("kind").asText().equals("lxc-net");
        String name = key.equals("model") && container ? "model in a container" : key;
        return NOT_JUDGED.contains(name);
    }

    private static Optional<String> text(JsonNode object, String key) {
        return object.hasNonNull(key) ? Optional.of(object.path(key).asText()) : Optional.empty();
    }
}
