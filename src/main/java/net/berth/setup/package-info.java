/** What {@code berth init} does: it reads the three systems, proposes networks, and writes berth.yaml and its secrets. */
@NullMarked
package net.berth.setup;

import org.jspecify.annotations.NullMarked;
