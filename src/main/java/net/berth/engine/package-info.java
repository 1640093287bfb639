/** The loop (observe, plan, apply, report) and the ports to the outside systems. */
@NullMarked
package net.berth.engine;

import org.jspecify.annotations.NullMarked;
