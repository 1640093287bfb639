/** Which address a NIC gets, and who else uses it. */
@NullMarked
package net.berth.plan.address;

import org.jspecify.annotations.NullMarked;
