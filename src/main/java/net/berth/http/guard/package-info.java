/** Who may ask: token, signature, and limits on connections and failures. */
@NullMarked
package net.berth.http.guard;

import org.jspecify.annotations.NullMarked;
