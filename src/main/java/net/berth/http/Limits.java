package net.berth.http;

import java.time.Duration;

/**
 * How much the receiver takes on. Helidon 4.5.0 limits none of this by itself.
 *
 * @param bodyBytes the largest body; a hook's has about 200 bytes
 * @param lineBytes the longest request line
 * @param headerBytes all headers of one request
 * @param connections open TCP connections; further ones wait in the kernel's queue
 * @param requests requests being worked on; further ones are answered 503
 * @param waiting connections whose request has not come whole, or that are idle: a further one closes the one that has
 *     waited longest. Fewer than the requests, so that half-sent ones cannot keep whole ones out
 * @param arrival how long a request may take to arrive, counted from its connection or its first line
 * @param idle how long a connection may stay open between requests
 * @param stop how long requests may take to end when the receiver stops
 * @param readers who may follow the events at once; each takes one of the requests
 * @param ping how long an event stream is silent at most
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

    /** Room for a storm of some hundred clones that all wait for their start. */
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
