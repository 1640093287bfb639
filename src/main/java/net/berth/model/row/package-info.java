/** The rows of NIPAP that concern Berth, and the edits of them. */
@NullMarked
package net.berth.model.row;

import org.jspecify.annotations.NullMarked;
