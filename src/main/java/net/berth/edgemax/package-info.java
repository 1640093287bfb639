/** The port to an EdgeMax router over SSH. */
@NullMarked
package net.berth.edgemax;

import org.jspecify.annotations.NullMarked;
