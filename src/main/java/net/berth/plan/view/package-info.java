/** A planned guest as the API, the page and the commands show it. */
@NullMarked
package net.berth.plan.view;

import org.jspecify.annotations.NullMarked;
