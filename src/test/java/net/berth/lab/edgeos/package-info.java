/**
 * A stand-in for an EdgeMax router: a real SSH server whose commands run in a real shell, against small programs that keep
 * the session, commit and text behaviour of the EdgeOS config system.
 */
package net.berth.lab.edgeos;
