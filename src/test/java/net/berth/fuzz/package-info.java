/** A small seeded fuzzer: mutates a kept corpus and watches what a reader does with it. */
package net.berth.fuzz;
