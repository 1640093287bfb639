package net.berth.http.guard;

import io.helidon.common.socket.SocketOptions;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Passes each accepted connection to the {@link ConnectionGuard}. Helidon calls nothing else of its configuration before
 * the first byte of a connection.
 */
public record GuardedSockets(SocketOptions options, ConnectionGuard guard) implements SocketOptions {

    public static SocketOptions of(ConnectionGuard guard) {
        return new GuardedSockets(SocketOptions.create(), guard);
    }

    @Override
    public void configureSocket(Socket socket) {
        options.configureSocket(socket);
        guard.accepted(socket);
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        guard.accepted(channel.socket());
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
