/** Changes are carried out: rows, the router's lane, configs. */
@NullMarked
package net.berth.engine.write;

import org.jspecify.annotations.NullMarked;
