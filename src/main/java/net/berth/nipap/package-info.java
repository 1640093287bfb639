/** The port to NIPAP over XML-RPC. */
@NullMarked
package net.berth.nipap;

import org.jspecify.annotations.NullMarked;
