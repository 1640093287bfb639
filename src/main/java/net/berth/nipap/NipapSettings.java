package net.berth.nipap;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import net.berth.security.Secret;

/**
 * How to reach nipapd and which of its VRFs holds the addresses: built from {@code nipap:} in berth.yaml.
 *
 * @param url the XML-RPC address, such as {@code http://nipap.home.lan:1337/XMLRPC}
 * @param username a NIPAP user that may write; {@code user@backend} names the authentication backend
 * @param vrf {@code default} for the VRF with id 0, else a VRF's name or route target
 * @param deadline the longest a single call may take, from connecting to the last byte; a list of all rows of a network
 *     six times as long
 * @param byteLimit the longest answer that is read, in bytes, as sent and as unpacked
 */
public record NipapSettings(URI url, String username, Secret password, String vrf, Duration deadline, long byteLimit) {
    /** Ample for nipapd's slowest measured single add (0.7 s with 10,000 hosts in one network). */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

    /** A full listing of 10,000 rows is about 27 MB unpacked. */
    public static final long DEFAULT_BYTE_LIMIT = 64L << 20;

    /** @throws IllegalArgumentException when a value cannot work, naming it */
    public NipapSettings {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "NIPAP url is " + url + "; it must look like http://host:1337/XMLRPC or https://...");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("NIPAP url holds a user; give username and password on their own");
        }
        if (username.isEmpty() || username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("NIPAP username is empty or holds a colon; basic auth allows neither");
        }
        if (vrf.isBlank()) {
            throw new IllegalArgumentException("NIPAP vrf is empty; use the name of a VRF, or default");
        }
        if (deadline.isNegative() || deadline.isZero() || byteLimit < 1) {
            throw new IllegalArgumentException("NIPAP deadline and byte limit must be above zero");
        }
    }

    /** Settings with the usual deadline and byte limit. */
    public static NipapSettings of(URI url, String username, Secret password, String vrf) {
        return new NipapSettings(url, username, password, vrf, DEFAULT_DEADLINE, DEFAULT_BYTE_LIMIT);
    }
}
