/** The command line. */
@NullMarked
package net.berth.cli;

import org.jspecify.annotations.NullMarked;
