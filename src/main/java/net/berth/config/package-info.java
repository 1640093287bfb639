/** berth.yaml, read into typed settings; every mistake named with its line. */
@NullMarked
package net.berth.config;

import org.jspecify.annotations.NullMarked;
