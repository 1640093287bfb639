package net.berth.engine.write;

import java.time.Instant;
import net.berth.engine.world.World;
import net.berth.model.router.RouterView;

/** Notes the views of one session on the router, each with a time at which its read had not begun yet. */
final class RouterViews {
    private final World world;
    private Instant began;

    RouterViews(World world) {
        this.world = world;
        this.began = world.now();
    }

    /** A view was read after the last call of {@link #begin} or {@link #read}. */
    void read(RouterView view) {
        world.router().read(view, began);
        began = world.now();
    }

    /** Views that come from now on are read after now. */
    void begin() {
        began = world.now();
    }
}
