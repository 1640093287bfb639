/** Access to the receiver: token, signature, and limits on connections and failed attempts. */
@NullMarked
package net.berth.http.guard;

import org.jspecify.annotations.NullMarked;
