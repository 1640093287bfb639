/** What is stale is read, side by side, into the world. */
@NullMarked
package net.berth.engine.read;

import org.jspecify.annotations.NullMarked;
