/** The lab: stand-ins for Proxmox, NIPAP and EdgeOS with the real receiver and the real hookscript between them. */
package net.berth.lab;
