/** Trust in certificates by their fingerprint; knows nothing of the rest. */
@NullMarked
package net.berth.tls;

import org.jspecify.annotations.NullMarked;
