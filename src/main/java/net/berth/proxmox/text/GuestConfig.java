package net.berth.proxmox.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.model.GuestType;

/** A guest's config as the API gives it: every value as text, because types differ between versions and keys. */
public final class GuestConfig {
    // qemu-server PVE::QemuServer::Drive::drive_is_cloudinit
    private static final Pattern CLOUD_INIT =
            Pattern.compile("(?:file=)?[^,]*[:/](?:vm-\\d+-)?cloudinit(?:\\.(?:raw|qcow2|qed|vmdk|cloop))?(?:,.*)?");
    private static final Pattern CUSTOM_NETWORK = Pattern.compile("(?:.*,)?network=.+");
    // pve-container, $netconf_desc: from Proxmox VE 9.1 the host itself sets such a NIC up.
    private static final Pattern HOST_MANAGED = Pattern.compile("(?:.*,)?host-managed=(?:1|yes|on|true)(?:,.*)?");
    private static final Pattern DRIVE = Pattern.compile("(?:ide|sata|scsi|virtio)\\d+");
    private static final Pattern NET = Pattern.compile("net(\\d{1,2})");
    private static final Pattern UUID = Pattern.compile("(?:^|.*,)uuid=([0-9A-Fa-f-]{36})(?:,.*|$)");

    private final GuestType type;
    private final Map<String, String> values;
    private final Set<String> waiting;

    private GuestConfig(GuestType type, Map<String, String> values, Set<String> waiting) {
        this.type = type;
        this.values = values;
        this.waiting = waiting;
    }

    /** The config in {@code data} of GET config; what is no object holds nothing. */
    public static GuestConfig of(GuestType type, JsonNode data) {
        Map<String, String> values = new LinkedHashMap<>();
        data.properties().forEach(value -> {
            // Raw lines of a container come as an array under "lxc"; nothing here reads them.
            if (value.getValue().isValueNode() && !value.getValue().isNull()) {
                values.put(value.getKey(), value.getValue().asText());
            }
        });
        return new GuestConfig(type, values, Set.of());
    }

    /** The config in {@code data} of GET pending: the values in force, and which of them wait to be changed. */
    public static GuestConfig ofPending(GuestType type, JsonNode data) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> waiting = new HashSet<>();
        data.forEach(line -> {
            String key = line.path("key").asText("");
            String value = line.path("value").asText("");
            if (line.hasNonNull("value")) {
                values.put(key, value);
            }
            boolean replaced = line.hasNonNull("pending")
                    && !line.path("pending").asText("").equals(value);
            if (replaced || line.hasNonNull("delete")) {
                waiting.add(key);
            }
        });
        return new GuestConfig(type, values, waiting);
    }

    /** Whether a change of the key waits for the next start; only {@link #ofPending} knows of any. */
    public boolean waits(String key) {
        return waiting.contains(key);
    }

    /** A value; empty where the key is not there. */
    public String get(String key) {
        return values.getOrDefault(key, "");
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public String name() {
        return get(type == GuestType.QEMU ? "name" : "hostname");
    }

    public String digest() {
        return get("digest");
    }

    public String lock() {
        return get("lock");
    }

    public boolean template() {
        return get("template").equals("1");
    }

    public String hookscript() {
        return get("hookscript");
    }

    public List<String> tags() {
        return Arrays.stream(get("tags").split("[;, ]+", -1))
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    /** The smbios uuid in lower case; empty when the config sets none. */
    public String uuid() {
        Matcher uuid = UUID.matcher(get("smbios1"));
        return uuid.matches() ? uuid.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** Whether the guest gets a cloud-init image: without a drive for it, {@code ipconfigN} does nothing. */
    public boolean cloudInit() {
        return type == GuestType.QEMU
                && values.entrySet().stream()
                        .anyMatch(value -> DRIVE.matcher(value.getKey()).matches()
                                && CLOUD_INIT.matcher(value.getValue()).matches());
    }

    /** Why what the config says about the address of a NIC has no effect; empty where it has. */
    public String ignored(int index) {
        String ipconfig = "ipconfig" + index;
        if (type == GuestType.LXC) {
            boolean untouched = get("ostype").equals("unmanaged")
                    && !HOST_MANAGED.matcher(get("net" + index)).matches();
            return untouched ? "Proxmox does not set up the network of a container of ostype unmanaged" : "";
        }
        if (!cloudInit()) {
            return get(ipconfig).isEmpty() ? "" : ipconfig + " has no effect without a cloud-init drive";
        }
        return CUSTOM_NETWORK.matcher(get("cicustom")).matches() ? "cicustom replaces the network config" : "";
    }

    /** The strings of all NICs, by index. */
    public SortedMap<Integer, String> nets() {
        SortedMap<Integer, String> nets = new TreeMap<>();
        values.forEach((key, value) -> {
            Matcher net = NET.matcher(key);
            // The empty string is what Proxmox takes for "no NIC".
            if (net.matches() && !value.isEmpty()) {
                nets.put(Integer.parseInt(net.group(1)), value);
            }
        });
        return nets;
    }
}
