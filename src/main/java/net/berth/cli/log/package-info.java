/** The forms of the receiver's log. */
@NullMarked
package net.berth.cli.log;

import org.jspecify.annotations.NullMarked;
