/** What is written into the config of a guest, and what the guest says that it uses. */
@NullMarked
package net.berth.plan.guest;

import org.jspecify.annotations.NullMarked;
