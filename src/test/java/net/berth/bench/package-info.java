/** The benchmark of the whole program over the lab: each figure beside the calls that cannot be avoided. */
package net.berth.bench;
