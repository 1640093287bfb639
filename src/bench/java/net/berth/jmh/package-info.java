/** Benchmarks of what needs no other system: reading and planning. */
package net.berth.jmh;
