/** The ports of the engine: what an adapter to Proxmox, NIPAP or a router implements. */
@NullMarked
package net.berth.engine.port;

import org.jspecify.annotations.NullMarked;
