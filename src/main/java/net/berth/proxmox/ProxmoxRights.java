package net.berth.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.proxmox.MissingRight.Weight;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveException;

/**
 * Compares what the token may do ({@code access/permissions}: for each privilege whether it holds below, too) with what
 * the configuration needs. A token that was given pools or single guests instead of {@code /vms} is judged on those.
 */
final class ProxmoxRights {
    private static final String ALL_GUESTS = "/vms";
    private static final String GUESTS = "";

    private final PveApi api;
    private final String tokenId;

    ProxmoxRights(PveApi api, String tokenId) {
        this.api = api;
        this.tokenId = tokenId;
    }

    /** What is missing, the most important first. */
    List<MissingRight> missing(List<Network> networks, Policy policy) {
        return PveException.translating(() -> find(networks, policy));
    }

    /**
     * A privilege that Berth uses, by its name in this version of Proxmox.
     *
     * @param path on what, with what lies below; empty for the guests: all of them, or those that Berth was given
     */
    private record Need(String privilege, String path, Weight weight, String without) {}

    /** What these networks and this policy need, the most important first. */
    private static List<Need> needs(boolean eight, List<Network> networks, Policy policy) {
        List<Need> needs = new ArrayList<>();
        needs.add(new Need("VM.Audit", GUESTS, Weight.VITAL, "Berth sees no guest"));
        if (policy.mode() != Policy.Mode.REPORT && policy.writeBack() != Policy.WriteBack.NEVER) {
            needs.add(new Need(
                    "VM.Config.Network", GUESTS, Weight.VITAL, "addresses are not written into guests' configs"));
            needs.add(new Need(
                    "VM.Config.Cloudinit",
                    GUESTS,
                    Weight.VITAL,
                    "an address written in a VM's first seconds waits for its next start"));
            for (Network network : networks) {
                String vlan = network.vlan() == 0 ? "" : "/" + network.vlan();
                needs.add(new Need(
                        "SDN.Use",
                        "/sdn/zones/localnetwork/" + network.bridge() + vlan,
                        Weight.VITAL,
                        "addresses of containers on " + network.bridge() + " are refused"));
            }
        }
        needs.add(new Need(
                "Sys.Audit",
                "/",
                Weight.HELPFUL,
                "the cluster's quorum cannot be read; the nodes' own states have to do"));
        needs.add(new Need(
                "Sys.Audit",
                "/nodes",
                Weight.HELPFUL,
                "the task history is not whole: a VM counts as new only if Berth saw it appear"));
        needs.add(new Need(
                // The guest agent's privilege has another name in each version, and each is unknown to the other.
                eight ? "VM.Monitor" : "VM.GuestAgent.Audit",
                GUESTS,
                Weight.OPTIONAL,
                "what a VM really has, by its guest agent, cannot be compared"));
        return needs;
    }

    private List<MissingRight> find(List<Network> networks, Policy policy) {
        boolean eight = api.version().path("version").asText("").startsWith("8.");
        List<String> scopes = scopes();
        Map<String, JsonNode> held = new TreeMap<>();
        List<MissingRight> missing = new ArrayList<>();
        for (Need need : needs(eight, networks, policy)) {
            for (String path : need.path().equals(GUESTS) ? scopes : List.of(need.path())) {
                if (!has(held.computeIfAbsent(path, api::permissions), need, path)) {
                    missing.add(missing(need, path));
                }
            }
        }
        if (!scopes.equals(List.of(ALL_GUESTS))) {
            missing.add(new MissingRight(
                    "VM.Audit",
                    ALL_GUESTS,
                    "rights on pools or single guests vanish with a guest, so Berth never sees that one is gone and"
                            + " keeps its address until berth release",
                    Weight.HELPFUL,
                    RoleText.alone("VM.Audit", ALL_GUESTS, tokenId)));
        }
        missing.sort(Comparator.comparing(MissingRight::weight));
        return List.copyOf(missing);
    }

    /** Where Berth was given guests: everywhere, or else the pools and guests on which it has anything of a guest's. */
    private List<String> scopes() {
        if (propagates(api.permissions(ALL_GUESTS), "VM.Audit")) {
            return List.of(ALL_GUESTS);
        }
        List<String> pools = new ArrayList<>();
        List<String> guests = new ArrayList<>();
        JsonNode all = api.permissions();
        all.properties().forEach(entry -> {
            if (entry.getKey().matches("/pool/.+") && has(entry.getValue(), "VM.Audit")) {
                pools.add(entry.getKey());
            }
        });
        all.properties().forEach(entry -> {
            // A guest of a pool is listed, too, with what the pool gives.
            boolean pooled = pools.stream().anyMatch(pool -> holdsAll(entry.getValue(), all.path(pool)));
            if (entry.getKey().matches("/vms/[0-9]+") && has(entry.getValue(), "VM.Audit") && !pooled) {
                guests.add(entry.getKey());
            }
        });
        pools.addAll(guests);
        return pools.isEmpty() ? List.of(ALL_GUESTS) : List.copyOf(pools);
    }

    private static boolean holdsAll(JsonNode held, JsonNode others) {
        return others.properties().stream().allMatch(entry -> held.has(entry.getKey()));
    }

    /** The agent's broader privilege holds the narrower one (PVE 9). */
    private static boolean has(JsonNode held, Need need, String path) {
        boolean whole = path.equals(ALL_GUESTS) || path.equals("/nodes") || path.startsWith("/pool/");
        boolean given = whole ? propagates(held, need.privilege()) : has(held, need.privilege());
        boolean broader = need.privilege().equals("VM.GuestAgent.Audit") && has(held, "VM.GuestAgent.Unrestricted");
        return given || broader;
    }

    private static boolean has(JsonNode held, String privilege) {
        return held.has(privilege);
    }

    private static boolean propagates(JsonNode held, String privilege) {
        return held.path(privilege).asInt(0) == 1;
    }

    private MissingRight missing(Need need, String path) {
        List<String> grant = need.path().equals(GUESTS)
                ? RoleText.forGuests(need.privilege(), path, tokenId)
                : RoleText.alone(need.privilege(), path, tokenId);
        return new MissingRight(need.privilege(), path, need.without(), need.weight(), grant);
    }
}
