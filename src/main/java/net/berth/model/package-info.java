/** Values of Berth: immutable, checked when they are made, without input or output. */
@NullMarked
package net.berth.model;

import org.jspecify.annotations.NullMarked;
