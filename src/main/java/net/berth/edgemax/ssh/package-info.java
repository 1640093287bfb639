/** The SSH connection to the router: host keys, login, the channel of one command. */
@NullMarked
package net.berth.edgemax.ssh;

import org.jspecify.annotations.NullMarked;
