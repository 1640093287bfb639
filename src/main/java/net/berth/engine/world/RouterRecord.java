package net.berth.engine.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.berth.engine.report.Seen;
import net.berth.model.router.RouterView;
import org.jspecify.annotations.Nullable;

/** The router's config, leases and neighbours as last read. */
public final class RouterRecord {
    private static final RouterView NOTHING = new RouterView(List.of(), List.of(), List.of(), List.of());

    private volatile @Nullable Seen<RouterView> last;

    RouterRecord() {}

    /** The last view; empty before the first. */
    public Optional<Seen<RouterView>> last() {
        return Optional.ofNullable(last);
    }

    /** The last view, however old; one without entries before the first. */
    public RouterView view() {
        return last().map(Seen::value).orElse(NOTHING);
    }

    /** Notes a view. */
    public void read(RouterView view, Instant began) {
        last = new Seen<>(view, began);
    }

    /** The last view is stale: a commit failed, and may have been done or not. */
    public void unsure() {
        last().ifPresent(seen -> last = new Seen<>(seen.value(), Instant.MIN));
    }
}
