package net.berth.nipap;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;

/** What the doctor and the setup read from NIPAP. All methods throw {@link PeerException} when there is no usable answer. */
public final class NipapProbe implements AutoCloseable {
    private final NipapRpc rpc;
    private final NipapIpam ipam;
    private final Vrf vrf;

    public NipapProbe(NipapSettings settings) {
        this.rpc = new NipapRpc(settings);
        this.ipam = new NipapIpam(settings);
        this.vrf = new Vrf(rpc, settings.vrf());
    }

    /** The version, such as {@code 0.32.7}; needs no login. */
    public String version() {
        return asked(() -> String.valueOf(rpc.call("version", Map.of())));
    }

    /** The id of the VRF in the settings; needs login and database. */
    public int vrfId() {
        return asked(vrf::refresh);
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
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("prefix", "255.255.255.255/32");
        nothing.put("external_key", "no row has this key " + UUID.randomUUID());
        return asked(() -> {
            nothing.put("vrf_id", vrf.id());
            try {
                rpc.rows("edit_prefix", Map.of("prefix", nothing, "attr", Map.of("status", "assigned")));
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
        for (NipapStruct row : asked(() ->
                rpc.rows("list_prefix", Map.of("prefix", Map.of("type", "assignment", "vrf_id", vrf.refresh()))))) {
            String prefix = row.needText("prefix");
            // IPv6 is not supported yet.
            if (prefix.indexOf(':') < 0) {
                Object vlan = row.members().get("vlan");
                found.put(Prefix.parse(prefix), vlan instanceof Integer number ? number : 0);
            }
        }
        return found;
    }

    private static <T> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (NipapException e) {
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        rpc.close();
        ipam.close();
    }
}
