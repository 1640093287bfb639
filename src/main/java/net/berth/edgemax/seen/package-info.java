/** The leases and neighbours that the router reports. */
@NullMarked
package net.berth.edgemax.seen;

import org.jspecify.annotations.NullMarked;
