package net.berth.proxmox;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.proxmox.MissingRight.Weight;

/**
 * A privilege that Berth uses.
 *
 * @param privilege its name in this version of Proxmox
 * @param where on what
 * @param weight how much it matters
 * @param without what does not work without it
 */
record RequiredPrivilege(String privilege, Where where, Weight weight, String without) {

    /** On what a privilege is needed. */
    sealed interface Where {
        /** On the guests: all of them, or those of the pools or single guests that Berth was given. */
        record Guests() implements Where {}

        /**
         * On one path, with what lies below.
         *
         * @param path the path
         */
        record Path(String path) implements Where {}
    }

    private static final String ZONE = "/sdn/zones/localnetwork/";

    /** What these networks and this policy need, the most important first. */
    static List<RequiredPrivilege> of(boolean eight, List<Network> networks, Policy policy) {
        Where guests = new Where.Guests();
        List<RequiredPrivilege> needs = new ArrayList<>();
        needs.add(new RequiredPrivilege("VM.Audit", guests, Weight.VITAL, "Berth sees no guest"));
        if (writes(policy)) {
            needs.add(new RequiredPrivilege(
                    "VM.Config.Network", guests, Weight.VITAL, "addresses are not written into guests' configs"));
            needs.add(new RequiredPrivilege(
                    "VM.Config.Cloudinit",
                    guests,
                    Weight.VITAL,
                    "an address written in a VM's first seconds waits for its next start"));
            for (Network network : networks) {
                needs.add(new RequiredPrivilege(
                        "SDN.Use",
                        new Where.Path(bridge(network)),
                        Weight.VITAL,
                        "addresses of containers on " + network.bridge() + " are refused"));
            }
        }
        needs.add(new RequiredPrivilege(
                "Sys.Audit",
                new Where.Path("/"),
                Weight.HELPFUL,
                "the cluster's quorum cannot be read; the nodes' own states have to do"));
        needs.add(new RequiredPrivilege(
                "Sys.Audit",
                new Where.Path("/nodes"),
                Weight.HELPFUL,
                "the task history is not whole: a VM counts as new only if Berth saw it appear"));
        needs.add(new RequiredPrivilege(
                agent(eight), guests, Weight.OPTIONAL, "what a VM really has, by its guest agent, cannot be compared"));
        return List.copyOf(needs);
    }

    /** The guest agent's privilege has another name in each version, and each is unknown to the other. */
    static String agent(boolean eight) {
        return eight ? "VM.Monitor" : "VM.GuestAgent.Audit";
    }

    private static boolean writes(Policy policy) {
        return policy.mode() != Policy.Mode.REPORT && policy.writeBack() != Policy.WriteBack.NEVER;
    }

    private static String bridge(Network network) {
        return ZONE + network.bridge() + (network.vlan() == 0 ? "" : "/" + network.vlan());
    }
}
