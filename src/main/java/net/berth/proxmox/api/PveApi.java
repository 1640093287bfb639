package net.berth.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.proxmox.text.GuestConfig;

/** The calls that Berth makes. All throw {@link PveException}. */
public final class PveApi implements AutoCloseable {
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62})");

    private final PveClient client;

    public PveApi(ProxmoxSettings settings) {
        this.client = new PveClient(settings);
    }

    private static String guest(String node, GuestId id) {
        return "/nodes/" + segment(node) + "/" + id.type() + "/" + id.vmid();
    }

    /** Node names come from Proxmox; one that is no host name must not become a path of its own. */
    private static String segment(String node) {
        if (!NODE.matcher(node).matches() || node.contains("..")) {
            throw PveCall.get("/nodes").garbled("\"" + node + "\" is no name of a node");
        }
        return node;
    }

    public JsonNode version() {
        return client.call(PveCall.get("/version"));
    }

    /** What the clock of the node that answers says, as HTTP writes it; empty when it does not say. */
    public String date() {
        return client.date(PveCall.get("/version"));
    }

    /** What is wanted of each line of the list of guests. */
    public <T> List<T> guests(Function<JsonNode, T> each) {
        return client.lines(PveCall.getAll("/cluster/resources", Map.of("type", "vm")), each);
    }

    public List<JsonNode> nodes() {
        return list(PveCall.get("/nodes"));
    }

    public List<JsonNode> clusterStatus() {
        return list(PveCall.get("/cluster/status"));
    }

    /** The config in force now. */
    public GuestConfig config(String node, GuestId id) {
        PveCall call = PveCall.get(guest(node, id) + "/config", Map.of("current", "1"));
        return withDigest(call, GuestConfig.of(id.type(), client.call(call)));
    }

    /** The config in force now, with what waits for the next start beside it. */
    public GuestConfig pending(String node, GuestId id) {
        PveCall call = PveCall.get(guest(node, id) + "/pending");
        return withDigest(call, GuestConfig.ofPending(id.type(), client.call(call)));
    }

    /** Every config has a digest; an answer without one is no config. */
    private static GuestConfig withDigest(PveCall call, GuestConfig config) {
        if (config.digest().isEmpty()) {
            throw call.garbled("the config has no digest");
        }
        return config;
    }

    public JsonNode status(String node, GuestId id) {
        return client.call(PveCall.get(guest(node, id) + "/status/current"));
    }

    /** What the guest agent of a VM, or the host of a container, says of the guest's interfaces. */
    public JsonNode interfaces(String node, GuestId id, Duration limit) {
        String path = id.type() == GuestType.QEMU ? "/agent/network-get-interfaces" : "/interfaces";
        return client.call(PveCall.get(guest(node, id) + path), limit);
    }

    public void putConfig(String node, GuestId id, Map<String, String> values) {
        client.call(PveCall.put(guest(node, id) + "/config", values));
    }

    public void putCloudInit(String node, GuestId id) {
        client.call(PveCall.put(guest(node, id) + "/cloudinit", Map.of()));
    }

    /** Running and finished tasks of a node, newest first; the filter is {@code vmid} or nothing. */
    public List<JsonNode> tasks(String node, Map<String, String> filter, int limit) {
        Map<String, String> parameters = new TreeMap<>(filter);
        parameters.put("source", "all");
        parameters.put("limit", Integer.toString(limit));
        return list(PveCall.get("/nodes/" + segment(node) + "/tasks", parameters));
    }

    /** The token's own privileges on a path. */
    public JsonNode permissions(String path) {
        return client.call(PveCall.get("/access/permissions", Map.of("path", path)))
                .path(path);
    }

    /** The token's own privileges on every path that has any. */
    public JsonNode permissions() {
        return client.call(PveCall.getAll("/access/permissions", Map.of()));
    }

    private List<JsonNode> list(PveCall call) {
        return client.lines(call, line -> line);
    }

    @Override
    public void close() {
        client.close();
    }
}
