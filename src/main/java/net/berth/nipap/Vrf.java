package net.berth.nipap;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.nipap.xmlrpc.NipapException.Fault;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;

/**
 * The id of the VRF named in the settings. Without an id in each call, NIPAP's edit and remove reach the same prefix in
 * every VRF.
 */
final class Vrf {
    /** Always there: NIPAP's schema makes it with id 0 and no route target (ip_net.plsql). */
    private static final int DEFAULT_ID = 0;

    private static final String DEFAULT_NAME = "default";
    private static final int UNKNOWN = -1;

    private final NipapRpc rpc;
    private final String name;
    private final AtomicInteger known = new AtomicInteger(UNKNOWN);

    Vrf(NipapRpc rpc, String name) {
        this.rpc = rpc;
        this.name = name;
    }

    /** The id, asked for once. */
    int id() {
        int id = known.get();
        return id == UNKNOWN ? refresh() : id;
    }

    /** The id, asked for anew: a VRF may have been removed and made again. Throws {@link Fault} when there is none. */
    int refresh() {
        List<NipapStruct> all = rpc.rows("list_vrf", Map.of("vrf", Map.of()));
        int id = all.stream()
                .filter(this::isMeant)
                .mapToInt(row -> row.needNumber("id"))
                .min()
                .orElseThrow(() -> new Fault("list_vrf", 1300, "No matching VRF found, of the name or RT " + name));
        known.set(id);
        return id;
    }

    /** To be called when NIPAP says that it knows no such id. */
    void forget() {
        known.set(UNKNOWN);
    }

    private boolean isMeant(NipapStruct row) {
        if (name.equals(DEFAULT_NAME)) {
            return row.needNumber("id") == DEFAULT_ID;
        }
        return row.text("name").filter(name::equals).isPresent()
                || row.text("rt").filter(name::equals).isPresent();
    }
}
