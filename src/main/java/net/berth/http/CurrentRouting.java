package net.berth.http;

import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;

/**
 * Routes each request by the settings that are in force when it arrives. New settings have their own routes; a request that
 * was begun ends with those that it began with.
 */
final class CurrentRouting implements HttpRouting {
    private Generation current;

    CurrentRouting(Generation first) {
        this.current = first;
    }

    /** The routes of one set of settings, and the requests that they serve now. */
    static final class Generation {
        private final HttpRouting routing;
        private final EventRoutes events;
        private int requests;

        Generation(HttpRouting routing, EventRoutes events) {
            this.routing = routing;
            this.events = events;
        }

        /** Ends the streams of events, whose readers then reconnect. */
        void endStreams() {
            events.close();
        }

        private synchronized void begin() {
            requests++;
        }

        private synchronized void end() {
            requests--;
            notifyAll();
        }

        /** Waits until no request is in progress, at most for the given time. */
        synchronized void awaitEnd(Duration limit) throws InterruptedException {
            long until = System.nanoTime() + limit.toNanos();
            for (long left = limit.toMillis(); requests > 0 && left > 0; ) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        }
    }

    /** Serves later requests by other routes; answers those that were in force. */
    synchronized Generation replace(Generation next) {
        Generation before = current;
        current = next;
        return before;
    }

    synchronized Generation current() {
        return current;
    }

    private synchronized Generation begin() {
        current.begin();
        return current;
    }

    @Override
    public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
        Generation mine = begin();
        try {
            mine.routing.route(context, request, response);
        } finally {
            mine.end();
        }
    }

    @Override
    public HttpSecurity security() {
        return current().routing.security();
    }

    /** What Helidon's configuration takes. */
    record Given(CurrentRouting routing) implements io.helidon.common.Builder<Given, CurrentRouting> {
        @Override
        public CurrentRouting build() {
            return routing;
        }
    }
}
