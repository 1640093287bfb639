/** The client of the receiver's API. */
@NullMarked
package net.berth.cli.api;

import org.jspecify.annotations.NullMarked;
