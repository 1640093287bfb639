package net.berth.proxmox.api;

import io.helidon.common.buffers.DataReader;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells failures before anything was sent from those behind it: only the first may be tried elsewhere. */
final class WireFailures {
    private WireFailures() {}

    static PveException of(URI base, PveCall call, Throwable failure) {
        if (failure instanceof PveException known) {
            return known;
        }
        Throwable root = chain(failure).reduce((outer, inner) -> inner).orElse(failure);
        String text = base + ": " + describe(root);
        PveError error = chain(failure).anyMatch(WireFailures::beforeSending)
                ? new PveError.NotConnected(text)
                : new PveError.NoAnswer(text);
        return new PveException(call.toString(), error, failure);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause)
                .limit(20);
    }

    private static boolean beforeSending(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof UnresolvedAddressException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                || (failure instanceof UncheckedIOException && describe(failure).contains("SSL handshake"))
                || (failure instanceof SocketTimeoutException
                        && describe(failure).toLowerCase(Locale.ROOT).contains("connect timed out"));
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof DataReader.InsufficientDataAvailableException || failure instanceof EOFException) {
            return "the connection broke off before the whole answer was there";
        }
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
