/** Events out: signed webhooks to whoever the settings name. */
@NullMarked
package net.berth.notify;

import org.jspecify.annotations.NullMarked;
