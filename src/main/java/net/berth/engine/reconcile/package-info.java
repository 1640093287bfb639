/** One way to bring any set of guests in line: read, plan, carry out. */
@NullMarked
package net.berth.engine.reconcile;

import org.jspecify.annotations.NullMarked;
