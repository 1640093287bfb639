package net.berth.engine.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.RowIndex;

/**
 * What the plan of one guest is made from, beside the guest itself.
 *
 * @param own the guest's rows
 * @param rows the guest's rows, or all rows
 * @param whole whether {@code rows} is all
 * @param ipamKnown whether NIPAP answered; else the rows are those of its last answer
 * @param router what the router holds
 * @param routerKnown whether the router answered; else the view is that of its last answer
 * @param fixed whose config has an address; needed with {@code whole} only
 * @param pools the prefixes of each pool; needed with {@code whole} only
 * @param now the time
 */
public record Facts(
        List<AddressRow> own,
        RowIndex rows,
        boolean whole,
        boolean ipamKnown,
        RouterView router,
        boolean routerKnown,
        Map<IpAddress, Set<GuestId>> fixed,
        Map<String, List<Prefix>> pools,
        Instant now) {

    public static Facts ofOwn(
            List<AddressRow> own, boolean ipamKnown, RouterView router, boolean routerKnown, Instant now) {
        return new Facts(own, RowIndex.of(own), false, ipamKnown, router, routerKnown, Map.of(), Map.of(), now);
    }

    /** All rows, for guests that are gone. */
    public static Facts ofAll(List<AddressRow> rows, RouterView router, Instant now) {
        return new Facts(List.of(), RowIndex.of(rows), true, true, router, true, Map.of(), Map.of(), now);
    }
}
