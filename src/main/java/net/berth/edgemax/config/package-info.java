/** The shell on the router, and the router's config: its grammar, its reader, what Berth understands of it. */
@NullMarked
package net.berth.edgemax.config;

import org.jspecify.annotations.NullMarked;
