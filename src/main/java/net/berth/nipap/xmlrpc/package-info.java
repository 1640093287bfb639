/** XML-RPC to NIPAP with limits on size, depth and time, and the errors that a call may end in. */
@NullMarked
package net.berth.nipap.xmlrpc;

import org.jspecify.annotations.NullMarked;
