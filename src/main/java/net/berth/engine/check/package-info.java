/** What {@code doctor} looks at: checks, what they find, and what runs them. */
@NullMarked
package net.berth.engine.check;

import org.jspecify.annotations.NullMarked;
