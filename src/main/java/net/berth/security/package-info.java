/** Secrets, signatures, trust in certificates, and text that is safe to print; knows no other package. */
@NullMarked
package net.berth.security;

import org.jspecify.annotations.NullMarked;
