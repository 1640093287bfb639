/** Pure decisions: what is and who owns it, turned into changes and conflicts, each with its reason. */
@NullMarked
package net.berth.plan;

import org.jspecify.annotations.NullMarked;
