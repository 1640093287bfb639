/** The entries of a NIC outside the guest: its row in NIPAP, its names, its mapping and DNS record on the router, and their release. */
@NullMarked
package net.berth.plan.entry;

import org.jspecify.annotations.NullMarked;
