package net.berth.nipap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;
import net.berth.engine.check.Ward;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Allocation;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapFault;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;

/** What {@code doctor} looks at in NIPAP. Writes nothing. */
public final class NipapChecks implements AutoCloseable {
    private final NipapSettings settings;
    private final NipapRpc rpc;
    private final NipapIpam ipam;

    /** Connects with the first call, not before. */
    public NipapChecks(NipapSettings settings) {
        this.settings = settings;
        this.rpc = new NipapRpc(settings);
        this.ipam = new NipapIpam(settings);
    }

    /**
     * The assignments of the VRF, each with its VLAN, 0 where none is noted.
     *
     * @throws PeerException when there is no usable answer
     */
    public SortedMap<Prefix, Integer> assignments() {
        SortedMap<Prefix, Integer> found =
                new TreeMap<>(Comparator.comparing(Prefix::network).thenComparingInt(Prefix::length));
        try {
            int id = new Vrf(rpc, settings.vrf()).refresh();
            for (NipapStruct row :
                    rpc.rows("list_prefix", Map.of("prefix", Map.of("type", "assignment", "vrf_id", id)))) {
                String prefix = row.needText("prefix");
                // Hosts of IPv6 are not Berth's yet.
                if (prefix.indexOf(':') < 0) {
                    Object vlan = row.members().get("vlan");
                    found.put(Prefix.parse(prefix), vlan instanceof Integer number ? number : 0);
                }
            }
        } catch (NipapException e) {
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, String.valueOf(e.getMessage()), e);
        }
        return found;
    }

    /** All checks. */
    public Ward ward(List<Network> networks) {
        Vrf vrf = new Vrf(rpc, settings.vrf());
        return new Ward(
                "nipap",
                new Answers(rpc, vrf, settings),
                List.of(new Prefixes(ipam, settings, networks), new MayWrite(rpc, vrf, settings.username())));
    }

    /** Whether it answers with its database, lets the user in and knows the VRF; {@code version} alone proves little. */
    private record Answers(NipapRpc rpc, Vrf vrf, NipapSettings settings) implements Check {
        private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
        private static final int FIRST_WITH_STATUS = 27;

        @Override
        public String name() {
            return "answers";
        }

        @Override
        public List<Finding> look() {
            try {
                String version = String.valueOf(rpc.call("version", Map.of()));
                int id = vrf.refresh();
                String text = settings.url() + ": NIPAP " + version + ", user " + settings.username() + ", VRF "
                        + settings.vrf() + " (id " + id + ")";
                Matcher parts = VERSION.matcher(version);
                boolean old = parts.matches()
                        && Integer.parseInt(parts.group(1)) == 0
                        && Integer.parseInt(parts.group(2)) < FIRST_WITH_STATUS;
                return List.of(
                        old
                                ? Finding.red(
                                        text + "; Berth needs 0.27, which brought status and avps", "upgrade nipapd")
                                : Finding.green(text));
            } catch (NipapException e) {
                return List.of(Finding.red(settings.url() + ": " + e.getMessage()));
            }
        }
    }

    /** Whether each network is there as an assignment. */
    private record Prefixes(NipapIpam ipam, NipapSettings settings, List<Network> networks) implements Check {
        @Override
        public String name() {
            return "prefixes";
        }

        @Override
        public List<Finding> look() {
            List<Finding> findings = new ArrayList<>();
            for (Network network : networks) {
                try {
                    ipam.checkPlace(network);
                    findings.add(Finding.green(network.name() + ": " + good(network)));
                } catch (PeerException e) {
                    findings.add(Finding.red(network.name() + ": " + e.getMessage(), remedy(network)));
                }
            }
            return findings;
        }

        private static String good(Network network) {
            return switch (network.allocation()) {
                case Allocation.Lowest lowest -> network.prefix() + " is an assignment";
                case Allocation.Pool pool -> "pool " + pool.name() + " has an assignment inside of " + network.prefix();
            };
        }

        private String remedy(Network network) {
            return switch (network.allocation()) {
                case Allocation.Lowest lowest ->
                    "nipap address add prefix " + network.prefix() + " type assignment vrf_rt " + vrf(settings.vrf())
                            + " description " + network.name();
                case Allocation.Pool pool ->
                    "nipap address modify PREFIX set pool " + pool.name() + ", with an assignment inside of "
                            + network.prefix();
            };
        }

        private static String vrf(String name) {
            return name.equals("default") ? "none" : name;
        }
    }

    /**
     * Whether the user may write. NIPAP refuses a read-only user before it looks at what is asked; so an edit is asked
     * whose condition no row can meet.
     */
    private record MayWrite(NipapRpc rpc, Vrf vrf, String user) implements Check {
        @Override
        public String name() {
            return "user";
        }

        @Override
        public List<Finding> look() {
            Map<String, Object> nothing = new HashMap<>();
            nothing.put("prefix", "255.255.255.255/32");
            nothing.put("vrf_id", vrf.id());
            nothing.put("external_key", "no row has this key " + UUID.randomUUID());
            try {
                rpc.rows("edit_prefix", Map.of("prefix", nothing, "attr", Map.of("status", "assigned")));
                return List.of(Finding.green(user + " may write"));
            } catch (NipapFault e) {
                return List.of(
                        e.kind() == FaultKind.READ_ONLY
                                ? Finding.red(
                                        user + " may only read, so no address can be given",
                                        "nipap-passwd modify -u " + user + " --no-readonly")
                                : Finding.red(String.valueOf(e.getMessage())));
            } catch (NipapException e) {
                return List.of(Finding.red(String.valueOf(e.getMessage())));
            }
        }
    }

    @Override
    public void close() {
        rpc.close();
        ipam.close();
    }
}
