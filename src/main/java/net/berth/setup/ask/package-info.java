/** What {@code berth init} asks at the terminal. */
@NullMarked
package net.berth.setup.ask;

import org.jspecify.annotations.NullMarked;
