package net.berth.http.guard;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose request does not arrive in time. Helidon 4.5.0 waits without limit for a first byte, for the
 * end of a header and for the end of a body, whatever read and idle timeouts are set (measured), so a few hundred such
 * connections would lock out all others. If too many connections wait at once, those that have waited longest are closed.
 * A normal request arrives within milliseconds, so it is never among them, however many slow connections there are.
 */
public final class ConnectionGuard implements Http1ConnectionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);

    private static final long MOST_LEFT_OVER = 1024 * 1024;

    private final Duration arrival;
    private final int mostWaiting;
    private final Map<SocketAddress, Socket> waiting = new LinkedHashMap<>();
    private final Map<SocketAddress, Socket> open = new ConcurrentHashMap<>();
    private final Map<SocketAddress, Future<?>> deadlines = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("arrival-deadlines").factory());

    public ConnectionGuard(Duration arrival, int mostWaiting) {
        this.arrival = arrival;
        this.mostWaiting = mostWaiting;
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Passes each accepted connection to this guard. Helidon calls nothing else of its configuration before the first byte
     * of a connection.
     */
    public SocketOptions sockets() {
        SocketOptions plain = SocketOptions.create();
        return (SocketOptions) Proxy.newProxyInstance(
                SocketOptions.class.getClassLoader(), new Class<?>[] {SocketOptions.class}, (proxy, method, given) -> {
                    Object result = invoked(method, plain, given);
                    if (method.getName().equals("configureSocket")) {
                        accepted(given[0] instanceof SocketChannel channel ? channel.socket() : (Socket) given[0]);
                    }
                    return result;
                });
    }

    private static @Nullable Object invoked(Method method, Object target, Object @Nullable [] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** A connection was accepted: the deadline of its first request begins. */
    void accepted(Socket connection) {
        open.values().removeIf(Socket::isClosed);
        open.put(connection.getRemoteSocketAddress(), connection);
        due(connection.getRemoteSocketAddress());
        waits(connection);
    }

    /** The first line of a request has arrived: the deadline for all of it begins. Called by Helidon. */
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        due(context.remotePeer().address());
    }

    /** The whole request has arrived. The answer has no deadline here. */
    public void arrived(SocketAddress remote) {
        synchronized (waiting) {
            waiting.remove(remote);
        }
        inTime(remote);
    }

    /** The answer is sent: from now on the connection is idle. */
    public void answered(SocketAddress remote) {
        Optional.ofNullable(open.get(remote)).ifPresent(this::waits);
    }

    /**
     * An answer was sent before the whole request had arrived. What follows is discarded until the caller has
     * sent it, has sent a megabyte, or its deadline has passed. If the connection were closed while the caller still sends,
     * the answer would be lost.
     */
    public void leftover(SocketAddress remote) {
        Optional.ofNullable(open.get(remote)).ifPresent(connection -> {
            try {
                connection.shutdownOutput();
                connection.getInputStream().skipNBytes(MOST_LEFT_OVER);
            } catch (IOException over) {
                LOG.debug("{}: the remaining bytes of a refused request: {}", remote, over.getMessage());
            }
        });
    }

    private void inTime(SocketAddress remote) {
        Optional.ofNullable(deadlines.remove(remote)).ifPresent(deadline -> deadline.cancel(false));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void due(SocketAddress remote) {
        inTime(remote);
        deadlines.put(remote, timer.schedule(() -> late(remote), arrival.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void late(SocketAddress remote) {
        deadlines.remove(remote);
        Optional.ofNullable(open.remove(remote)).ifPresent(ConnectionGuard::close);
    }

    private void waits(Socket connection) {
        List<Socket> tooMany = new ArrayList<>();
        synchronized (waiting) {
            waiting.values().removeIf(Socket::isClosed);
            waiting.put(connection.getRemoteSocketAddress(), connection);
            Iterator<Socket> longest = waiting.values().iterator();
            for (int over = waiting.size() - mostWaiting; over > 0; over--) {
                tooMany.add(longest.next());
                longest.remove();
            }
        }
        tooMany.forEach(ConnectionGuard::close);
    }

    private static void close(Socket connection) {
        try {
            LOG.debug(
                    "{}: no complete request arrived in time; connection closed", connection.getRemoteSocketAddress());
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }
}
