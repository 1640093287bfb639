package net.berth.lab.proxmox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Renders the cloud-init image of a VM as Proxmox does for citype {@code nocloud}, byte for byte. */
final class CloudInit {
    private static final Pattern NET = Pattern.compile("net(\\d+)");
    private static final Pattern DRIVE_FILE = Pattern.compile(".*[:/](?:vm-\\d+-)?cloudinit(?:\\.[a-z0-9]+)?");
    private static final Pattern DRIVE_KEY = Pattern.compile("(?:ide|sata|scsi|virtio)\\d+");

    static final String MAC = "mac_address";

    private final Formats formats;
    private final String hostNameserver;
    private final String hostSearchdomain;

    /** With the resolver settings of the node, which stand in for what the VM does not set. */
    CloudInit(Formats formats, String hostNameserver, String hostSearchdomain) {
        this.formats = formats;
        this.hostNameserver = hostNameserver;
        this.hostSearchdomain = hostSearchdomain;
    }

    /**
     * The image's texts.
     *
     * @param nics what the network text says for each NIC, by index
     */
    record Image(String network, String user, String meta, String instanceId, Map<Integer, Map<String, String>> nics) {}

    static boolean hasDrive(Map<String, String> config) {
        return config.entrySet().stream()
                .anyMatch(e -> DRIVE_KEY.matcher(e.getKey()).matches()
                        && DRIVE_FILE.matcher(e.getValue().split(",", 2)[0]).matches());
    }

    /** The image; a text that the generator dies of comes as {@link ApiFailure}. */
    Image render(int vmid, Map<String, String> config) {
        Map<Integer, Map<String, String>> nics = new TreeMap<>();
        String network = network(config, nics);
        String user = user(vmid, config);
        String id = sha1(user + network);
        return new Image(network, user, "instance-id: " + id + "\n", id, nics);
    }

    private String network(Map<String, String> config, Map<Integer, Map<String, String>> nics) {
        StringBuilder out = new StringBuilder("version: 1\nconfig:\n");
        // As text: net0, net10, net2.
        for (String key : config.keySet().stream().sorted().toList()) {
            Matcher net = NET.matcher(key);
            String ipconfig = net.matches() ? config.getOrDefault("ipconfig" + net.group(1), "") : "";
            if (ipconfig.isEmpty()) {
                continue;
            }
            String mac =
                    formats.qemuNet(config.get(key)).getOrDefault("macaddr", "").toLowerCase(Locale.ROOT);
            out.append("    - type: physical\n      name: eth").append(net.group(1));
            out.append("\n      mac_address: '").append(mac).append("'\n      subnets:\n");
            Map<String, String> fields = usable(formats.ipconfig(ipconfig));
            Map<String, String> withMac = new TreeMap<>(fields);
            withMac.put(MAC, mac);
            nics.put(Integer.parseInt(net.group(1)), withMac);
            subnets(out, fields);
        }
        resolver(out, config);
        return out.toString();
    }

    /** A gateway beside dhcp or auto: the parser warns and answers nothing. */
    private static Map<String, String> usable(Map<String, String> fields) {
        boolean strayGateway = fields.containsKey("gw") && "dhcp".equals(fields.get("ip"));
        boolean strayGateway6 =
                fields.containsKey("gw6") && List.of("dhcp", "auto").contains(fields.get("ip6"));
        return strayGateway || strayGateway6 ? Map.of() : fields;
    }

    private static void subnets(StringBuilder out, Map<String, String> fields) {
        Optional.ofNullable(fields.get("ip")).ifPresent(ip -> {
            if (ip.equals("dhcp")) {
                out.append("      - type: dhcp4\n");
            } else if (!ip.contains("/")) {
                throw ApiFailure.die("not a CIDR: " + ip);
            } else {
                String[] parts = ip.split("/", -1);
                out.append("      - type: static\n        address: '").append(parts[0]);
                out.append("'\n        netmask: '")
                        .append(netmask(Integer.parseInt(parts[1])))
                        .append("'\n");
                gateway(out, fields.get("gw"));
            }
        });
        Optional.ofNullable(fields.get("ip6")).ifPresent(ip6 -> {
            if (ip6.equals("dhcp")) {
                out.append("      - type: dhcp6\n");
            } else if (ip6.equals("auto")) {
                out.append("      - type: ipv6_slaac\n");
            } else {
                out.append("      - type: static6\n        address: '")
                        .append(ip6)
                        .append("'\n");
                gateway(out, fields.get("gw6"));
            }
        });
    }

    private static void gateway(StringBuilder out, String gateway) {
        if (gateway != null) {
            out.append("        gateway: '").append(gateway).append("'\n");
        }
    }

    private static String netmask(int length) {
        int bits = -1 << (32 - length);
        return (bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    private void resolver(StringBuilder out, Map<String, String> config) {
        out.append("    - type: nameserver\n      address:\n");
        // White space only: a comma stays inside its entry.
        for (String server : config.getOrDefault("nameserver", hostNameserver).split("\\s+", -1)) {
            out.append("      - '").append(server).append("'\n");
        }
        out.append("      search:\n");
        for (String domain :
                config.getOrDefault("searchdomain", hostSearchdomain).split("\\s+", -1)) {
            out.append("      - '").append(domain).append("'\n");
        }
    }

    private static String user(int vmid, Map<String, String> config) {
        String name = config.getOrDefault("name", "VM" + vmid);
        int dot = name.indexOf('.');
        String host = dot < 0 ? name : name.substring(0, dot);
        String domain = config.getOrDefault("searchdomain", "");
        StringBuilder out = new StringBuilder("#cloud-config\nhostname: ").append(host);
        out.append("\nmanage_etc_hosts: true\nfqdn: ");
        out.append(dot >= 0 || domain.isEmpty() ? name : name + "." + domain).append('\n');
        Optional.ofNullable(config.get("ciuser"))
                .ifPresent(user -> out.append("user: ").append(user).append('\n'));
        out.append("chpasswd:\n  expire: False\nusers:\n  - default\n");
        if (!config.getOrDefault("ciupgrade", "1").equals("0")) {
            out.append("package_upgrade: true\n");
        }
        return out.toString();
    }

    static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
