package net.berth.lab.proxmox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The formats of {@code netN} and {@code ipconfigN}, and how Proxmox prints a {@code netN} that was PUT. */
final class Formats {
    static final Set<String> MODELS =
            Set.of(("e1000 e1000-82540em e1000-82544gc e1000-82545em e1000e i82551 i82557b i82559er ne2k_isa ne2k_pci"
                            + " pcnet rtl8139 virtio vmxnet3")
                    .split(" "));
    private static final Set<String> BOOLEANS = Set.of("firewall", "link_down", "host-tunnel", "host-managed");
    private static final String TRUNKS_WITH_RANGES = "\\d+(?:-\\d+)?(?:;\\d+(?:-\\d+)?)*";

    private final PveVersion version;
    private final Format qemuNet;
    private final Format ipconfig;
    private final Format lxcNet;

    Formats(PveVersion version) {
        this.version = version;
        this.qemuNet = new Format(qemuChecks(), Set.of("model"), "model", MODELS, Map.of());
        this.ipconfig = new Format(
                Map.of(
                        "ip",
                        Checks.ipv4Config("dhcp", "manual"),
                        "gw",
                        Checks::ipv4,
                        "ip6",
                        Checks.ipv6Config("dhcp", "auto", "manual"),
                        "gw6",
                        Checks::ipv6),
                Set.of(),
                "",
                Set.of(),
                Map.of("gw", "ip", "gw6", "ip6"));
        this.lxcNet = new Format(lxcChecks(), Set.of("name"), "", Set.of(), Map.of());
    }

    private Map<String, Function<String, Optional<String>>> qemuChecks() {
        Map<String, Function<String, Optional<String>>> checks = common();
        checks.put("model", Checks.oneOf(MODELS.toArray(String[]::new)));
        checks.put("macaddr", Checks::mac);
        checks.put("queues", Checks.integer(0, 64));
        checks.put("trunks", Checks.pattern(TRUNKS_WITH_RANGES));
        checks.put("mtu", Checks.integer(1, 65520));
        if (!version.isEight()) {
            checks.put("host-tunnel", Checks::bool);
        }
        return checks;
    }

    private Map<String, Function<String, Optional<String>>> lxcChecks() {
        Map<String, Function<String, Optional<String>>> checks = common();
        checks.put("name", Checks.pattern("[-_.\\w]+"));
        checks.put("type", Checks.oneOf("veth"));
        checks.put("hwaddr", Checks::mac);
        checks.put("ip", Checks.ipv4Config("dhcp", "manual"));
        checks.put("gw", Checks::ipv4);
        checks.put("ip6", Checks.ipv6Config("auto", "dhcp", "manual"));
        checks.put("gw6", Checks::ipv6);
        checks.put("trunks", Checks.pattern("\\d+(?:;\\d+)*"));
        checks.put("mtu", Checks.integer(64, 65535));
        if (!version.isEight()) {
            checks.put("host-managed", Checks::bool);
        }
        return checks;
    }

    private static Map<String, Function<String, Optional<String>>> common() {
        Map<String, Function<String, Optional<String>>> checks = new LinkedHashMap<>();
        checks.put("bridge", Checks::bridge);
        checks.put("firewall", Checks::bool);
        checks.put("link_down", Checks::bool);
        checks.put("rate", Checks.number(0));
        checks.put("tag", Checks.integer(1, 4094));
        return checks;
    }

    Map<String, String> qemuNet(String text) {
        return qemuNet.parse(text, version);
    }

    Map<String, String> ipconfig(String text) {
        return ipconfig.parse(text, version);
    }

    /** The empty string passes: the real parser answers an empty map before it looks at the schema. */
    Map<String, String> lxcNet(String text) {
        return text.isEmpty() ? Map.of() : lxcNet.parse(text, version);
    }

    /** What the server stores: model and MAC first, then the other keys in the order of the alphabet. */
    String printQemu(String text, Supplier<String> newMac) {
        Map<String, String> fields = new TreeMap<>(qemuNet(text));
        String first = fields.remove("model") + "="
                + Optional.ofNullable(fields.remove("macaddr")).orElseGet(newMac);
        return join(first, fields);
    }

    /** What the server stores: the name first, then the other keys in the order of the alphabet, the type too. */
    String printLxc(String text, Supplier<String> newMac) {
        Map<String, String> fields = new TreeMap<>(lxcNet(text));
        fields.computeIfAbsent("hwaddr", key -> newMac.get());
        fields.put("type", "veth");
        return join("name=" + fields.remove("name"), fields);
    }

    private static String join(String first, Map<String, String> rest) {
        return first
                + rest.entrySet().stream()
                        .map(e -> "," + e.getKey() + "="
                                + (BOOLEANS.contains(e.getKey()) ? Checks.boolPrinted(e.getValue()) : e.getValue()))
                        .collect(Collectors.joining());
    }
}
