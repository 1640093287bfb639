package net.berth.setup.ask;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Addresses of the systems as a person types them, completed. */
public final class PeerAddress {
    private static final int PROXMOX = 8006;
    private static final int NIPAP = 1337;
    private static final int SSH = 22;
    private static final int BERTH = 8480;
    private static final int MAX_PORT = 65_535;

    private PeerAddress() {}

    /** A host, an IPv6 address in brackets, and a port. */
    public record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** A Proxmox node; of a page's address that was copied from a browser only host and port count. */
    public static URI proxmox(String text) {
        URI typed = uri(text, "https");
        if (!"https".equals(typed.getScheme())) {
            throw new SetupException("\"" + text + "\": Proxmox is reached by https://HOST:8006");
        }
        return at(typed, text.contains("://") ? typed.getPort() : port(typed, PROXMOX), "");
    }

    /** NIPAP's XML-RPC. */
    public static URI nipap(String text) {
        URI typed = uri(text, "http");
        if (!String.valueOf(typed.getScheme()).matches("https?")) {
            throw new SetupException("\"" + text + "\": NIPAP is reached by http://HOST:1337/XMLRPC");
        }
        boolean bare = typed.getPath().length() < 2;
        return at(
                typed, text.contains("://") ? typed.getPort() : port(typed, NIPAP), bare ? "/XMLRPC" : typed.getPath());
    }

    /** A router: {@code HOST} or {@code HOST:PORT}. */
    public static HostPort router(String text) {
        URI typed = uri(text, "ssh");
        return new HostPort(typed.getHost(), port(typed, SSH));
    }

    /** The receiver's listener: {@code HOST} or {@code HOST:PORT}. */
    public static HostPort listener(String text) {
        URI typed = uri(text, "http");
        return new HostPort(typed.getHost(), port(typed, BERTH));
    }

    /** The same port and scheme at another host. */
    public static URI beside(URI one, String host) {
        return URI.create(one.getScheme() + "://" + host + (one.getPort() < 0 ? "" : ":" + one.getPort()));
    }

    private static int port(URI typed, int usual) {
        return typed.getPort() < 0 ? usual : typed.getPort();
    }

    private static URI at(URI typed, int port, String path) {
        return URI.create(typed.getScheme() + "://" + typed.getHost() + (port < 0 ? "" : ":" + port) + path);
    }

    private static URI uri(String text, String scheme) {
        try {
            URI uri = new URI(text.contains("://") ? text : scheme + "://" + text);
            boolean usable = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= MAX_PORT;
            if (usable) {
                return new URI(
                        uri.toString().replaceFirst("^[^:]+", uri.getScheme().toLowerCase(Locale.ROOT)));
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new SetupException("\"" + text + "\" is no host name, address or URL");
    }
}
