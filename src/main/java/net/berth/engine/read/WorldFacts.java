package net.berth.engine.read;

import java.util.List;
import net.berth.engine.run.Facts;
import net.berth.engine.run.Run;
import net.berth.engine.world.Rows;
import net.berth.engine.world.World;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.RowIndex;

/** Facts as last seen, after this receiver's own writes. Nothing is read. */
public final class WorldFacts {
    private final World world;
    private final Reader reader;

    public WorldFacts(World world, Reader reader) {
        this.world = world;
        this.reader = reader;
    }

    /** The guest's own rows. */
    public Facts own(Run run) {
        Facts before = run.facts();
        return Facts.ofOwn(rows(run), before.ipamKnown(), world.router().view(), before.routerKnown(), world.now());
    }

    /** All rows, and a view of the router. */
    public Facts whole(Run run, RouterView router) {
        Facts before = run.facts();
        List<AddressRow> own = rows(run);
        return new Facts(
                own,
                RowIndex.of(Reader.merged(reader.lastRows(), run.id(), own)),
                true,
                before.ipamKnown(),
                router,
                before.routerKnown(),
                world.fixedAddresses(),
                reader.pools(),
                world.now());
    }

    private static List<AddressRow> rows(Run run) {
        return run.record().rows().map(Rows::rows).orElse(List.of());
    }
}
