/** What the engine shows of itself: events, health, gauges, the log of changes. */
@NullMarked
package net.berth.engine.status;

import org.jspecify.annotations.NullMarked;
