/** Which guest is reconciled when: a queue per guest, polls, full passes, retries. */
@NullMarked
package net.berth.engine.schedule;

import org.jspecify.annotations.NullMarked;
