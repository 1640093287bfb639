/** What networks {@code berth init} proposes, and which addresses it leaves out. */
@NullMarked
package net.berth.setup.network;

import org.jspecify.annotations.NullMarked;
