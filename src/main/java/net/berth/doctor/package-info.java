/** What {@code berth doctor} checks: one class of checks per system, and what runs them. */
@NullMarked
package net.berth.doctor;

import org.jspecify.annotations.NullMarked;
