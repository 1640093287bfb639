/** The port to Proxmox VE over its REST API: inventory, config strings, write-back. */
@NullMarked
package net.berth.proxmox;

import org.jspecify.annotations.NullMarked;
