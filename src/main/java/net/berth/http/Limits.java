package net.berth.http;

import java.time.Duration;

/**
 * How much load the receiver accepts. Helidon 4.5.0 limits none of this by itself.
 *
 * @param bodyBytes the largest body accepted; that of a hook has about 200 bytes
 * @param lineBytes the longest request line
 * @param headerBytes all headers of one request
 * @param connections open TCP connections; more wait in the kernel's queue
 * @param requests requests in progress; more are answered 503
 * @param waiting connections that are idle or whose request is incomplete; one more closes the one that has waited longest. Fewer
 *     than {@code requests}, so that incomplete requests cannot lock out complete ones
 * @param arrival how long a request may take to arrive, counted from its connection or its first line
 * @param idle how long a connection may stay open between requests
 * @param stop how long requests in progress may take when the receiver stops
 * @param readers how many clients may follow the events at once; each counts as a request
 * @param ping after which silence an event stream gets a ping
 */
record Limits(
        int bodyBytes,
        int lineBytes,
        int headerBytes,
        int connections,
        int requests,
        int waiting,
        Duration arrival,
        Duration idle,
        Duration stop,
        int readers,
        Duration ping) {

    /** Enough for some hundred clones that start at once and all wait. */
    static final Limits DEFAULT = new Limits(
            16 * 1024,
            4 * 1024,
            8 * 1024,
            1024,
            512,
            384,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(25),
            32,
            Duration.ofSeconds(15));
}
