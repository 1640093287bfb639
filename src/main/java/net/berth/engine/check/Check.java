package net.berth.engine.check;

import java.time.Duration;
import java.util.List;

/** One thing that {@code doctor} looks at. It changes nothing. */
public interface Check {

    /** In one or two words, such as {@code clock}. */
    String name();

    /** Looks; one finding at least. A {@link net.berth.engine.port.PeerException} counts as a red one. */
    List<Finding> look();

    /** How long the look may take. */
    default Duration deadline() {
        return Duration.ofSeconds(30);
    }
}
