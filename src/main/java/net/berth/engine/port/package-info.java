/** The ports that adapters implement, and the engine's way to time and threads. */
@NullMarked
package net.berth.engine.port;

import org.jspecify.annotations.NullMarked;
