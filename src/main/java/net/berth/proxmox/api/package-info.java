/** The REST API of Proxmox: one exchange, its errors, and the calls that Berth makes. */
@NullMarked
package net.berth.proxmox.api;

import org.jspecify.annotations.NullMarked;
