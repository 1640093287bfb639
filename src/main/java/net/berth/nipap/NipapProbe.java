package net.berth.nipap;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.berth.engine.port.PeerException;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapStruct;

/** What the doctor and the setup read from NIPAP. All methods throw {@link PeerException} when there is no usable answer. */
public final class NipapProbe implements AutoCloseable {
    private final NipapIpam ipam;

    /** Connects with the first call, not before. */
    public NipapProbe(NipapSettings settings) {
        this.ipam = new NipapIpam(settings);
    }

    /** The version, such as {@code 0.32.7}; needs no login. */
    public String version() {
        return ipam.translating(() -> String.valueOf(ipam.rpc.call("version", Map.of())));
    }

    /** The id of the VRF in the settings; needs login and database. */
    public int vrfId() {
        return ipam.translating(ipam.vrf::refresh);
    }

    /** Throws when addresses of the network have no place in NIPAP, with the reason. */
    public void checkPlace(Network network) {
        ipam.checkPlace(network);
    }

    /**
     * Whether the user may write. NIPAP refuses a read-only user before it looks at the call, so the call is an edit whose
     * condition no row meets.
     */
    public boolean mayWrite() {
        return ipam.translating(() -> {
            try {
                ipam.writeNothing();
                return true;
            } catch (NipapException e) {
                if (e.is(FaultKind.READ_ONLY)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The assignments of the VRF in the order of their addresses, each with its VLAN; 0 when none is noted. */
    public SortedMap<Prefix, Integer> assignments() {
        SortedMap<Prefix, Integer> found =
                new TreeMap<>(Comparator.comparing(Prefix::network).thenComparingInt(Prefix::length));
        Map<String, ?> all = Map.of("type", RowQueries.ASSIGNMENT, "vrf_id", vrfId());
        for (NipapStruct row : ipam.translating(() -> ipam.rpc.rows("list_prefix", Map.of("prefix", all)))) {
            String prefix = row.needText("prefix");
            // IPv6 is not supported yet.
            if (prefix.indexOf(':') < 0) {
                Object vlan = row.members().get("vlan");
                found.put(Prefix.parse(prefix), vlan instanceof Integer number ? number : 0);
            }
        }
        return found;
    }

    @Override
    public void close() {
        ipam.close();
    }
}
