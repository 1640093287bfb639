/** The config strings of guests: netN, ipconfigN and what they share. */
@NullMarked
package net.berth.proxmox.text;

import org.jspecify.annotations.NullMarked;
