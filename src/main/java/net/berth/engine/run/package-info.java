/** One guest in one run: what it is, the facts, the plan. */
@NullMarked
package net.berth.engine.run;

import org.jspecify.annotations.NullMarked;
