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
                .map(v -> test(v, text -> {
                    QemuNet net = QemuNet.parse(text);
                    JsonNode parsed = v.path("parsed");
                    if (parsed.isObject()) {
                        assertThat(net.model()).isEqualTo(parsed.path("model").asText());
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
                    if (v.path("accepted").asBoolean()) {
                        assertThat(config.usable()).isEqualTo(v.path("usable").asBoolean());
                    }
                    if (config.usable() && parsed.isObject() && !text.isEmpty()) {
                        // Proxmox fills in dhcp for a family that the string does not name.
                        assertThat(config.ip()).isEqualTo(text(parsed, "ip").filter(ip -> text.contains("ip=")));
                        assertThat(config.gateway()).isEqualTo(text(parsed, "gw"));
                    }
                    return config.toString();
                }));
    }

    @TestFactory
    Stream<DynamicTest> netOfAContainerIsReadOrRefusedAsProxmoxDoes() {
        return Vectors.strings("lxc-net").stream()
                .filter(v -> !v.path("input").asText().isEmpty())
                .map(v -> test(v, text -> {
                    LxcNet net = LxcNet.parse(text);
                    JsonNode parsed = v.path("parsed");
                    if (parsed.isObject()) {
                        assertThat(net.name()).isEqualTo(parsed.path("name").asText());
                        assertThat(net.mac())
                                .isEqualTo(text(parsed, "hwaddr")
                                        .filter(mac -> !mac.equals("GENERATED"))
                                        .map(MacAddress::parse));
                        assertThat(net.bridge()).isEqualTo(text(parsed, "bridge"));
                        assertThat(net.ip()).isEqualTo(text(parsed, "ip"));
                        assertThat(net.gateway()).isEqualTo(text(parsed, "gw"));
                        assertThat(net.tag()).isEqualTo(parsed.path("tag").asInt(0));
                    }
                    return net.toString();
                }));
    }

    /** Proxmox takes the empty string for a container's NIC and makes none of it; Berth calls it no NIC. */
    @Test
    void anEmptyNetOfAContainerIsNoNic() {
        assertThatThrownBy(() -> LxcNet.parse("")).isInstanceOf(ConfigTextException.class);
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
