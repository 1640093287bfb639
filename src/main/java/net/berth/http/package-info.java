/** The receiver: Helidon routes. */
@NullMarked
package net.berth.http;

import org.jspecify.annotations.NullMarked;
