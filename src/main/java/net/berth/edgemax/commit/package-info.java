/** Changes of the router: planned against its config, committed, verified, saved. */
@NullMarked
package net.berth.edgemax.commit;

import org.jspecify.annotations.NullMarked;
