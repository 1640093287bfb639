/** What each system was last seen to hold, and when. The only place in which the engine remembers anything. */
@NullMarked
package net.berth.engine.world;

import org.jspecify.annotations.NullMarked;
