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

    private final PveApi api;
    private final String tokenId;

    ProxmoxRights(PveApi api, String tokenId) {
        this.api = api;
        this.tokenId = tokenId;
    }

    /** What is missing, the most important first. */
    List<MissingRight> missing(List<Network> networks, Policy policy) {
        try {
            return find(networks, policy);
        } catch (PveException e) {
            throw e.asPeerException();
        }
    }

    private List<MissingRight> find(List<Network> networks, Policy policy) {
        List<RequiredPrivilege> needs = RequiredPrivilege.of(isEight(api.version()), networks, policy);
        List<String> scopes = scopes();
        Map<String, JsonNode> held = new TreeMap<>();
        List<MissingRight> missing = new ArrayList<>();
        for (RequiredPrivilege need : needs) {
            List<String> paths =
                    switch (need.where()) {
                        case RequiredPrivilege.Where.Guests guests -> scopes;
                        case RequiredPrivilege.Where.Path path -> List.of(path.path());
                    };
            for (String path : paths) {
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

    static boolean isEight(JsonNode version) {
        return version.path("version").asText("").startsWith("8.");
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
    private static boolean has(JsonNode held, RequiredPrivilege need, String path) {
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

    private MissingRight missing(RequiredPrivilege need, String path) {
        List<String> grant = need.where() instanceof RequiredPrivilege.Where.Guests
                ? RoleText.forGuests(need.privilege(), path, tokenId)
                : RoleText.alone(need.privilege(), path, tokenId);
        return new MissingRight(need.privilege(), path, need.without(), need.weight(), grant);
    }
}
