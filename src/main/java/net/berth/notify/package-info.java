/** Sends events as signed webhooks to the receivers in the settings. */
@NullMarked
package net.berth.notify;

import org.jspecify.annotations.NullMarked;
